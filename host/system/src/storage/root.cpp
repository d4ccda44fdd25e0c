#include "root.h"

#include "open_beneath.h"
#include "storage_error.h"

#include <fcntl.h>

namespace gantry::host::storage {

Root::Root(Descriptor folder, PathResolution resolution)
    : folder_(std::make_shared<const Descriptor>(std::move(folder))),
      by_kernel_(resolution == PathResolution::best && kernel_opens_beneath(descriptor())) {}

Result<Descriptor> Root::open_normalized(const std::string& path, int flags) const {
    Opened opened = by_kernel_ ? open_by_kernel(descriptor(), path, flags)
                               : open_by_walk(descriptor(), path, flags);
    if (opened.problem != 0) return storage_error(opened.problem, path);
    return std::move(opened.descriptor);
}

Result<Descriptor> Root::open(std::string_view path, int flags) const {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    return open_normalized(*clean, flags);
}

Result<Place> Root::place_of(std::string_view path) const {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    if (clean->empty())
        return make_error(ErrorCode::denied, "storage", "the root itself stays as it is");
    const std::size_t slash = clean->rfind('/');
    if (slash == std::string::npos) return Place{folder_, *clean, *clean};
    auto folder = open_normalized(clean->substr(0, slash), O_PATH | O_DIRECTORY);
    if (!folder) return std::move(folder).error();
    return Place{std::make_shared<const Descriptor>(*std::move(folder)), clean->substr(slash + 1),
                 *clean};
}

}  // namespace gantry::host::storage

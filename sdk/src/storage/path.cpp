#include <gantry/storage/file_store.h>
#include <gantry/storage/path.h>

namespace gantry {
namespace {

Error refused_path(ErrorCode code, std::string message, std::string_view path) {
    // A path with NUL in it or a very long one would spoil what prints the error.
    const auto shown = path.substr(0, path.find('\0')).substr(0, FileStore::kMaxComponent);
    return make_error(code, "storage", std::move(message), std::string(shown));
}

}  // namespace

Result<std::string> normalize_path(std::string_view path) {
    if (path.size() > FileStore::kMaxPath)
        return refused_path(ErrorCode::usage, "the path is longer than 4095 bytes", path);
    if (path.find('\0') != path.npos)
        return refused_path(ErrorCode::usage, "the path has a NUL byte in it", path);
    if (path.starts_with('/'))
        return refused_path(ErrorCode::denied, "the path is absolute and leaves the root", path);
    std::string clean;
    for (std::size_t begin = 0; begin < path.size();) {
        const auto part = path.substr(begin, path.find('/', begin) - begin);
        begin += part.size() + 1;
        if (part.empty() || part == ".") continue;
        if (part == "..")
            return refused_path(ErrorCode::denied, "the path leaves the root by '..'", path);
        if (part.size() > FileStore::kMaxComponent)
            return refused_path(ErrorCode::usage, "a name in the path is longer than 255 bytes",
                                path);
        if (!clean.empty()) clean += '/';
        clean += part;
    }
    return clean;
}

std::string join_path(std::string_view folder, std::string_view name) {
    std::string path(folder);
    if (!folder.empty() && !name.empty()) path += '/';
    return path += name;
}

}  // namespace gantry

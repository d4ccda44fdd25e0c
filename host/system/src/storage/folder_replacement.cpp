#include "folder_replacement.h"

#include "rename.h"
#include "storage_error.h"

#include <gantry/storage/part_name.h>
#include <host/system/kernel_random.h>

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

namespace gantry::host::storage {
namespace {

constexpr int kNameAttempts = 100;  // to find a name that is free
constexpr mode_t kMode = 0666;      // less the process's umask

// Makes the new name of a file last. A folder that may be written but not read cannot be opened
// for it, and is left to the system.
Result<void> sync_folder(const Place& place) {
    const Descriptor folder(::openat(place.folder->get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder && errno == EACCES) return {};
    // EINVAL: the file system keeps nothing that could be synced.
    if (!folder || (::fsync(folder.get()) != 0 && errno != EINVAL))
        return storage_error(errno, place.path);
    return {};
}

}  // namespace

Result<std::unique_ptr<Replacement>> FolderReplacement::start(Place target) {
    KernelRandom random;
    for (int attempt = 0; attempt < kNameAttempts; ++attempt) {
        auto part = make_part_name(target.name, random);
        Descriptor file(::openat(target.folder->get(), part.c_str(),
                                 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kMode));
        if (file)
            return std::make_unique<FolderReplacement>(std::move(target), std::move(part),
                                                       std::move(file));
        if (errno != EEXIST) break;
    }
    return storage_error(errno, target.path);
}

FolderReplacement::FolderReplacement(Place target, std::string part, Descriptor file)
    : target_(std::move(target)),
      part_(std::move(part)),
      file_(std::move(file), true, target_.path) {}

FolderReplacement::~FolderReplacement() {
    if (!committed_) ::unlinkat(target_.folder->get(), part_.c_str(), 0);
}

Result<void> FolderReplacement::commit(Overwrite overwrite, Durability durability) {
    if (committed_)
        return make_error(ErrorCode::closed, "storage", "it was committed before", target_.path);
    const bool now = durability == Durability::now;
    if (now && ::fsync(*file_.descriptor()) != 0) return storage_error(errno, target_.path);
    const PlaceName part(target_, part_);
    if (auto renamed = rename_place(part, target_, overwrite); !renamed) return renamed;
    committed_ = true;
    return now ? sync_folder(target_) : Result<void>();
}

}  // namespace gantry::host::storage

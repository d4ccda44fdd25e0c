#include "file_status.h"

namespace gantry::host::storage {
namespace {

WallTime time_of(const timespec& time) noexcept {
    return WallTime(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

FileType type_of(mode_t mode) noexcept {
    if (S_ISREG(mode)) return FileType::regular;
    if (S_ISDIR(mode)) return FileType::folder;
    if (S_ISLNK(mode)) return FileType::symlink;
    return FileType::other;
}

}  // namespace

FileIdentity identity_of(const struct stat& status) noexcept {
    return {.device = status.st_dev,
            .inode = status.st_ino,
            .size = static_cast<std::uint64_t>(status.st_size),
            .modified = time_of(status.st_mtim),
            .changed = time_of(status.st_ctim)};
}

FileStatus status_of(const struct stat& status) noexcept {
    return {.type = type_of(status.st_mode),
            .identity = identity_of(status),
            .permissions = status.st_mode & 0777U};
}

}  // namespace gantry::host::storage

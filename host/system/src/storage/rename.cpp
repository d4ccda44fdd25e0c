#include "rename.h"

#include "storage_error.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cerrno>

namespace gantry::host::storage {
namespace {

Error rename_error(int problem, const PlaceName& to) {
    switch (problem) {
        case EISDIR:   // a file onto a folder
        case ENOTDIR:  // a folder onto a file
            return make_error(ErrorCode::exists, "storage", "it exists and is of another kind",
                              to.path);
        case EINVAL:
            return make_error(ErrorCode::usage, "storage", "a folder cannot move into itself",
                              to.path);
        case EXDEV:
            return make_error(ErrorCode::unsupported, "storage",
                              "it would move to another file system", to.path);
        default:
            return storage_error(problem, to.path);
    }
}

bool is_folder(const PlaceName& place) {
    struct stat status {};
    return ::fstatat(place.folder, place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISDIR(status.st_mode);
}

}  // namespace

Result<void> link_and_unlink(const PlaceName& from, const PlaceName& to) {
    if (::linkat(from.folder, from.name.c_str(), to.folder, to.name.c_str(), 0) != 0) {
        if (errno == EPERM)
            return make_error(ErrorCode::unsupported, "storage",
                              "the file system cannot move it without replacing", to.path);
        return rename_error(errno, to);
    }
    if (::unlinkat(from.folder, from.name.c_str(), 0) != 0) return storage_error(errno, from.path);
    return {};
}

Result<void> rename_place(const PlaceName& from, const PlaceName& to, Overwrite overwrite) {
    const unsigned flags = overwrite == Overwrite::yes ? 0 : RENAME_NOREPLACE;
    if (::renameat2(from.folder, from.name.c_str(), to.folder, to.name.c_str(), flags) == 0)
        return {};
    // EINVAL is said both of a folder that would move into itself and by a file system that does
    // not know the flag.
    const int problem = errno;
    if (problem == EINVAL && flags != 0 && !is_folder(from)) return link_and_unlink(from, to);
    return rename_error(problem, to);
}

}  // namespace gantry::host::storage

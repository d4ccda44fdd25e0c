#include "storage_error.h"

#include <cerrno>
#include <string>

namespace gantry::host::storage {
namespace {

struct Row {
    int value;
    ErrorCode code;
    std::string_view message;
};

// What error_from_errno() would word in the system's terms rather than a store's.
constexpr Row kRows[] = {
    {EXDEV, ErrorCode::denied, "the path leaves the root by a symbolic link"},
    {ELOOP, ErrorCode::denied, "a symbolic link in the path may not be followed"},
    {ENOENT, ErrorCode::not_found, "it does not exist"},
    {ENOTDIR, ErrorCode::not_found, "a part of the path is not a folder"},
    {EISDIR, ErrorCode::usage, "it is a folder"},
    {EEXIST, ErrorCode::exists, "it exists already"},
    {ENOTEMPTY, ErrorCode::exists, "the folder is not empty"},
    {ENXIO, ErrorCode::unsupported, "it is not a regular file"},
    {ENOSPC, ErrorCode::no_space, "no space is left on the device"},
    {EDQUOT, ErrorCode::no_space, "the disk quota is used up"},
};

}  // namespace

Error storage_error(int errno_value, std::string_view path) {
    for (const Row& row : kRows)
        if (row.value == errno_value)
            return make_error(row.code, "storage", std::string(row.message), std::string(path));
    return error_from_errno(errno_value, "storage", std::string(path));
}

}  // namespace gantry::host::storage

#pragma once

#include <gantry/core/error.h>

#include <string_view>

namespace gantry::host::storage {

// An Error for a failed call on `path`, in the words and codes that FileStore promises.
Error storage_error(int errno_value, std::string_view path);

}  // namespace gantry::host::storage

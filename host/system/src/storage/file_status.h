#pragma once

#include <gantry/storage/file_store.h>

#include <sys/stat.h>

namespace gantry::host::storage {

FileIdentity identity_of(const struct stat& status) noexcept;
FileStatus status_of(const struct stat& status) noexcept;

}  // namespace gantry::host::storage

#pragma once

#include <linux/magic.h>
#include <sys/vfs.h>

namespace gantry::host {

// Whether an open file has no other place than memory.
inline bool is_in_memory(int file) noexcept {
    struct statfs system {};
    return ::fstatfs(file, &system) == 0 && system.f_type == TMPFS_MAGIC;
}

}  // namespace gantry::host

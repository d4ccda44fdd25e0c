#pragma once

#include "descriptor.h"

#include <string>

namespace gantry::host::storage {

// An open descriptor, or the errno value of what stood in the way.
struct Opened {
    Descriptor descriptor;
    int problem = 0;
};

// Both open `path`, which normalize_path() has passed, beneath `root`; "" is the root itself. The
// final component is followed when it is a link, unless `flags` have O_NOFOLLOW. They create
// nothing. EXDEV: a link leads out. ELOOP: too many links, or one that may not be followed.
Opened open_by_kernel(int root, const std::string& path, int flags);
Opened open_by_walk(int root, const std::string& path, int flags);

// Whether this kernel, and whatever filters its calls, has openat2(2).
bool kernel_opens_beneath(int root);

}  // namespace gantry::host::storage

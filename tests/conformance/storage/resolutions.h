#pragma once

#include <host/system/folder_store.h>

#include <initializer_list>

namespace gantry::host {

// The kernel's way of staying beneath the root, and ours where the kernel has none.
inline constexpr std::initializer_list<PathResolution> kBothResolutions{PathResolution::best,
                                                                        PathResolution::walk};

}  // namespace gantry::host

#pragma once

#include <cstddef>

namespace gantry::host {

// Lets this process open as many descriptors as it may without asking anybody, and says how many
// that is: a login's usual soft limit, 1024, would end a server at a thousand connections. At most
// kMostDescriptors, since programs that it starts inherit this, and some look at each number.
std::size_t raise_descriptor_limit() noexcept;

inline constexpr std::size_t kMostDescriptors = 65'536;

}  // namespace gantry::host

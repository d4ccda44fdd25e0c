#pragma once

#include <cstddef>
#include <string>

namespace gantry::host {

// What this process holds right now.
struct Footprint {
    std::size_t mappings = 0;  // of private copies of plugins
    std::size_t threads = 0;
    std::size_t descriptors = 0;
    std::size_t heap = 0;      // bytes that are allocated and not freed
    std::size_t resident = 0;  // bytes
};

Footprint measure_footprint();
std::string to_string(const Footprint& footprint);

}  // namespace gantry::host

#pragma once

#include <gantry/core/random.h>

#include <string>
#include <string_view>

namespace gantry {

// The hidden name under which a store writes a Replacement until it is committed:
// ".NAME.gantry-XXXXXX.part", in the folder of NAME. A NAME that would make it longer than a file
// name may be is cut. Listings leave such names out; a process that was killed can leave one
// behind.
std::string make_part_name(std::string_view name, Random& random);
bool is_part_name(std::string_view name) noexcept;

}  // namespace gantry

#pragma once

#include <gantry/core/random.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gantry {

// The hidden name under which a store writes a Replacement until it is committed:
// ".NAME.gantry-XXXXXX.part", in the folder of NAME. A NAME that would make it longer than a file
// name may be is cut. Listings leave such names out; a process that was killed can leave one
// behind.
std::string make_part_name(std::string_view name, Random& random);
// The same with a `tag` of six lower-case letters or digits in place of the X, for content that is
// found again later. Nothing when NAME would have to be cut.
std::optional<std::string> tagged_part_name(std::string_view name, std::string_view tag);
// A tag that stands for `number`: one for each below 36^6; others share theirs.
std::string make_part_tag(std::uint64_t number);
bool is_part_name(std::string_view name) noexcept;

}  // namespace gantry

#pragma once

#include <string>
#include <string_view>

namespace gantry::crypto {

// One line of a digest list as coreutils write and read it: the hex digits, two blanks, the name, a
// line feed. A name with a backslash, a line feed or a carriage return has them escaped (\\, \n,
// \r), and the line then begins with a backslash.
std::string digest_line(std::string_view hex, std::string_view name);

}  // namespace gantry::crypto

#pragma once

#include <cs/net/answer.h>

#include <string>

namespace gantry::cs {

// One line of the log: "127.0.0.1:40000 psk:laptop file sub/a.txt 1234 bytes in 0.8 ms: ok". The
// identity is left out when there is none.
std::string format_access(const AccessRecord& record);

// Text from a peer, for a log or a terminal: control characters become '?'.
std::string printable(std::string_view text);

}  // namespace gantry::cs

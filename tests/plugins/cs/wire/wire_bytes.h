#pragma once

#include <cs/wire/frame_header.h>
#include <gantry/crypto/digest.h>

#include <string>

namespace gantry::cs {

// "01 c5 ..." as bytes; blanks are for the reader.
inline Bytes hex(const std::string& text) {
    std::string digits;
    for (const char c : text)
        if (c != ' ') digits += c;
    return from_hex(digits).value();
}

inline std::string shown(ByteView bytes) { return to_hex(bytes); }

}  // namespace gantry::cs

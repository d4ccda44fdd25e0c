#pragma once

#include <gantry/crypto/fingerprint.h>

namespace gantry {

// A fingerprint of one hexadecimal digit, 64 times.
inline Fingerprint print_of(char digit) {
    return Fingerprint::parse(std::string(64, digit)).value();
}

}  // namespace gantry

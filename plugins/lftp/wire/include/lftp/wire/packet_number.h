#pragma once

#include <gantry/core/strong.h>

#include <cstdint>

namespace gantry::lftp {

// The number of a packet within its space (docs/protocols/rudp.md section 3): 0, 1, 2 ... Never
// used twice, so it also makes the nonce of the packet's protection.
using PacketNumber = Strong<struct PacketNumberTag, std::uint64_t>;

// The largest that a frame can speak of.
inline constexpr PacketNumber kMaxPacketNumber{(std::uint64_t{1} << 62) - 1};

// What a packet carries of its number: the low `bits` of it. The rest follows from what the
// receiver has seen (RFC 9000 appendix A.3).
inline constexpr unsigned kPacketNumberBits = 32;
constexpr std::uint32_t truncated(PacketNumber number) noexcept {
    return static_cast<std::uint32_t>(number.value());
}

// The number nearest to `expected`, one above the largest that was received, whose low `bits` are
// `low`. `bits` is 8 to 32.
PacketNumber expanded(std::uint32_t low, PacketNumber expected,
                      unsigned bits = kPacketNumberBits) noexcept;

}  // namespace gantry::lftp

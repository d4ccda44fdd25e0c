#pragma once

#include <lftp/wire/limits.h>
#include <lftp/wire/long_packet.h>

#include <vector>

namespace gantry::lftp {

// What protects data packets. Values that stand in no enumerator are legal on the wire.
enum class Protection : std::uint8_t {
    none = 0,
    aes128_gcm = 1,
    aes256_gcm = 2,
    chacha20_poly1305 = 3,
};

// What each side tells the other before anything else (docs/protocols/rudp.md section 4).
struct TransportParameters {
    Version version = kVersion1;          // of this connection
    std::vector<Version> versions;        // that the sender speaks
    std::vector<Protection> protections;  // a client's by preference; a server's choice
    Duration idle_timeout{0};             // 0: none
    std::uint64_t max_datagram = limits::kMaxDatagram;
    std::uint64_t max_data = 0;
    std::uint64_t max_stream_data = 0;
    std::uint64_t max_streams = 0;
    Duration max_ack_delay = std::chrono::milliseconds(25);
    Duration min_ack_delay = std::chrono::milliseconds(1);

    // A block: its length in two bytes, then the parameters, all of them, by their ids.
    std::vector<std::byte> encode() const;
    // The parameters without their length. Unknown ones are skipped. ErrorCode::protocol
    // (parameter_error).
    static Result<TransportParameters> decode(ByteView parameters);
    bool operator==(const TransportParameters&) const = default;
};

}  // namespace gantry::lftp

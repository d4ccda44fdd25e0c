#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <cstdint>

namespace gantry::lftp {

// What a packet in flight remembers so that its acknowledgement measures the path: a plain record
// that the ring of sent packets holds (draft-ietf-ccwg-bbr section 4.1.2.1.2, "per-packet state").
// All amounts are bytes of whole datagrams.
struct PacketDelivery {
    TimePoint sent_at;
    TimePoint first_sent_at;      // start of the flight that its sample measures
    TimePoint delivered_at;       // when `delivered` was last counted up, as of sending
    std::uint64_t delivered = 0;  // acknowledged by the connection so far, as of sending
    std::uint64_t lost = 0;       // declared lost so far, as of sending
    std::uint64_t in_flight = 0;  // with this packet
    std::uint32_t size = 0;
    bool app_limited = false;  // the sender lacked data, not window
};

// How fast the path delivered, as the newest packet of one ACK saw it (section 4.1.2.1.3).
struct RateSample {
    std::uint64_t delivered = 0;        // over `interval`
    Duration interval{0};               // the longer of how long it took to send and to acknowledge
    BytesPerSecond rate{0};             // 0: this ACK tells no reliable rate
    bool app_limited = false;           // `rate` may be below what the path can do
    std::uint64_t prior_delivered = 0;  // PacketDelivery::delivered of the newest packet
    std::uint64_t total_delivered = 0;  // of the connection, with this ACK
    std::uint64_t in_flight = 0;        // PacketDelivery::in_flight of the newest packet
    std::uint64_t lost = 0;             // declared lost since that packet was sent
};

}  // namespace gantry::lftp

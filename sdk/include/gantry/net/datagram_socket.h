#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/units.h>
#include <gantry/net/endpoint.h>
#include <gantry/net/event_loop.h>

#include <cstdint>
#include <span>

namespace gantry {

// The two ECN bits of the IP header (RFC 3168 section 5).
enum class Ecn : std::uint8_t { not_ect = 0, ect1 = 1, ect0 = 2, ce = 3 };

// A datagram to send. With `segment` above 0 the payload is a train of datagrams of that size (the
// last may be shorter), which the system splits (UDP GSO) or the socket does where it cannot.
struct OutDatagram {
    Endpoint to;
    ByteView payload;
    std::uint16_t segment = 0;
    Ecn ecn = Ecn::not_ect;
};

// A slot to receive into. `buffer` is the caller's; the rest is filled in.
struct InDatagram {
    ByteSpan buffer;
    Endpoint from{};
    std::size_t size = 0;
    std::uint16_t segment = 0;  // above 0: a train joined by the system (UDP GRO)
    Ecn ecn = Ecn::not_ect;
    bool truncated = false;  // it was longer than the buffer
};

struct DatagramCallbacks {
    Callback<> readable;
    Callback<> writable;
};

// A bound UDP socket on one loop, with batches in both directions. Calls never block; loop thread
// only; a callback may destroy the socket. An ICMP error of an earlier datagram is not an error
// here.
class DatagramSocket {
  public:
    virtual ~DatagramSocket() = default;
    virtual void set_callbacks(DatagramCallbacks callbacks) = 0;
    virtual void set_interest(Interest interest) = 0;  // starts as none
    // Sends from the front and says how many entries went. Fewer than given: wait for `writable`,
    // or the next one cannot be sent and is answered with an Error when it is the first. usage:
    // longer than any datagram, no port, or another family than the socket's.
    virtual Result<std::size_t> send(std::span<const OutDatagram> batch) = 0;
    // Fills slots from the front and says how many. 0: wait for `readable`.
    virtual Result<std::size_t> receive(std::span<InDatagram> slots) = 0;
    virtual Endpoint local() const = 0;
};

struct DatagramOptions {
    bool receive_trains = false;    // ask for UDP GRO
    bool forbid_fragments = false;  // IP_PMTUDISC_PROBE: sets DF and ignores the path MTU
    ByteCount receive_buffer{0};    // 0: the system's
    ByteCount send_buffer{0};
};

}  // namespace gantry

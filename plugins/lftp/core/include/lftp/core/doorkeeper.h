#pragma once

#include <lftp/core/retry_cookie.h>
#include <lftp/wire/data_header.h>
#include <lftp/wire/long_packet.h>
#include <lftp/wire/reset_packet.h>

#include <variant>
#include <vector>

namespace gantry::lftp {

// Who knocks: one that may have a connection.
struct Admitted {
    ConnectionId original;        // what it sent its very first packet to
    ConnectionId retry;           // the id in the retry that it followed; 0: none
    bool address_proved = false;  // a cookie has shown where it is
};
struct TurnedAway {};
// A datagram for where it came from.
using Reply = std::vector<std::byte>;

// Decides on packets that belong to no connection, and keeps no state for any of them
// (docs/protocols/rudp.md sections 4 and 10): new connections, retries when many are half-open,
// versions that are not spoken, resets for connections that are lost. One thread.
class Doorkeeper {
  public:
    using Verdict = std::variant<TurnedAway, Admitted, Reply>;

    // `key`: 32 random bytes of the process.
    static Result<Doorkeeper> make(KdfService& kdf, ByteView key);

    // A datagram with a long packet of any version. `half_open`: connections whose handshake goes
    // on. `fresh`: a random id for a retry.
    Verdict on_long(ByteView datagram, const Endpoint& from, std::size_t half_open,
                    ConnectionId fresh, TimePoint now) const;
    // A data packet for an id that nobody has.
    Verdict on_stray(ByteView datagram, TimePoint now);
    // What a client of that connection is told, so that it believes a reset later.
    ResetToken reset_token(ConnectionId id) const;

  private:
    Doorkeeper(RetryCookie cookies, KeyedTag resets)
        : cookies_(std::move(cookies)), resets_(std::move(resets)) {}
    Verdict on_first(const LongPacket& packet, const Endpoint& from, std::size_t half_open,
                     ConnectionId fresh, TimePoint now) const;

    RetryCookie cookies_;
    KeyedTag resets_;
    TimePoint second_{};  // in which resets are counted
    unsigned resets_sent_ = 0;
};

}  // namespace gantry::lftp

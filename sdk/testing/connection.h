#pragma once

#include "network_state.h"
#include "notifier.h"
#include "stream_halves.h"

#include <gantry/net/stream.h>

#include <array>
#include <memory>
#include <optional>

namespace gantry::testing::detail {

enum class Side : std::uint8_t { client = 0, server = 1 };
constexpr Side other(Side side) { return side == Side::client ? Side::server : Side::client; }

// One end of a connection as its host's system holds it.
struct StreamEnd {
    StreamEnd(HostId on, const Endpoint& at, const SimOptions& options)
        : host(on),
          endpoint(at),
          send(options.send_buffer, options.receive_buffer),
          receive(options.receive_buffer) {}

    HostId host;
    Endpoint endpoint;
    SendHalf send;
    ReceiveHalf receive;
    std::shared_ptr<Notifier> notifier;  // while a Stream stands for it
    std::optional<Error> failure;
    bool closed = false;  // its user is gone
    bool dead = false;    // it was reset: nothing is sent or taken any more
};

// Both ends of a stream and what travels between them. Held by its Streams and by what is under
// way.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(NetworkState& network, HostId client, const Endpoint& from, HostId server,
               const Endpoint& to);

    StreamEnd& end(Side side) { return ends_[static_cast<std::size_t>(side)]; }
    NetworkState& network() noexcept { return network_; }
    // Sends what the window lets out.
    void pump(Side side);
    // Tells the peer what has come and how much more may.
    void acknowledge(Side side);
    // The user of this end is gone: the rest is still sent, or, with bytes unread, the peer is
    // reset.
    void close(Side side);
    // This end drops the connection; the peer hears of it after the link's delay.
    void reset(Side side);
    // The system of this end gives the connection up.
    void fail(Side side, Error error);

  private:
    struct Flight {
        Segment segment;
        TimePoint since{};
        Duration patience{};
    };
    Packet packet(Side from, const char* what, std::size_t bytes);
    HostId host(Side side) { return end(side).host; }
    void launch(Side from, const std::shared_ptr<Flight>& flight);
    void retry(Side from, const std::shared_ptr<Flight>& flight);
    void arrive(Side at, Segment segment);
    void send_reset(Side from);
    void on_acknowledgement(Side at, const Acknowledgement& ack);

    NetworkState& network_;
    std::array<StreamEnd, 2> ends_;
};

}  // namespace gantry::testing::detail

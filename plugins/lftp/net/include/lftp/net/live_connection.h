#pragma once

#include <gantry/net/datagram_socket.h>
#include <gantry/net/event_loop.h>
#include <lftp/core/connection.h>

#include <memory>

namespace gantry::lftp {

class DatagramPort;

// Who uses a connection: told what happened, in the turn in which it happened. It may not destroy
// anything in that call.
class ConnectionUser {
  public:
    virtual void handshake_finished() {}
    virtual void stream_changed(const StreamEvent& event) = 0;
    virtual void connection_ended(const ConnectionEnded& ended) = 0;

  protected:
    ~ConnectionUser() = default;
};

// The stream that a transport's connection is: the client's first one, at both ends from the start.
inline constexpr StreamId kOnlyStream = stream_id(Side::client, 0);

// A Connection that runs: the datagrams of its port, a timer of its loop, and who uses it. Loop
// thread only.
class LiveConnection : public std::enable_shared_from_this<LiveConnection> {
  public:
    // `port` owns it. `core` goes on where it was.
    LiveConnection(DatagramPort& port, std::unique_ptr<Connection> core);

    Connection& core() noexcept { return *core_; }
    // Where the peer is now.
    Endpoint peer() const { return core_->path().address(); }
    DatagramPort& port() noexcept { return port_; }
    TimePoint now() const noexcept;

    // Null: nobody. Then it delivers what was written, closes and is forgotten by its port.
    void set_user(ConnectionUser* user) noexcept { user_ = user; }
    void leave();
    bool left() const noexcept { return left_; }
    bool handshaking() const noexcept { return handshaking_; }

    // Its bytes are changed. pump() once all that has come was taken.
    void take(ByteSpan datagram, EcnMark mark, const Endpoint& from);
    // Sends what is due, tells what happened, and sets the timer.
    void pump();
    // The same in a later turn of the loop.
    void pump_soon();
    // For the port that takes it over.
    std::unique_ptr<Connection> release() { return std::move(core_); }

    bool in_turn = false;  // the port's mark: it is to be pumped

  private:
    bool transmit();
    void tell_events();
    void tell(const ConnectionEvent& event);
    void say_farewell();
    void set_timer();
    void on_timer();

    DatagramPort& port_;
    std::unique_ptr<Connection> core_;
    ConnectionUser* user_ = nullptr;
    std::unique_ptr<Timer> timer_;
    bool handshaking_;
    bool pump_posted_ = false;
    bool left_ = false;
    TimePoint leave_by_ = TimePoint::max();
};

}  // namespace gantry::lftp

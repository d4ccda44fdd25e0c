#pragma once

#include <lftp/net/datagram_port.h>

#include <vector>

namespace gantry::lftp {

// One attempt to connect: finds the addresses of a name, and tries one after the other, each with a
// share of the time that is left. Loop thread only. Destroying it gives up.
class Dial final : public std::enable_shared_from_this<Dial>, private ConnectionUser {
  public:
    Dial(const PortParts& parts, EventLoop& loop, Duration timeout, ConnectCallback done);
    ~Dial();
    Dial(const Dial&) = delete;
    Dial& operator=(const Dial&) = delete;

    void start(const HostPort& to);
    // Nothing is told any more.
    void cancel();

  private:
    void resolved(Result<std::vector<IpAddress>> addresses);
    void try_next(Error before);
    Result<void> try_address(const IpAddress& address);
    void handshake_finished() override;
    void stream_changed(const StreamEvent&) override {}
    void connection_ended(const ConnectionEnded& ended) override;
    void drop_attempt();
    void finish_soon(Result<std::unique_ptr<Stream>> outcome);

    PortParts parts_;
    EventLoop& loop_;
    TimePoint deadline_;
    ConnectCallback done_;
    std::uint16_t to_port_ = 0;
    std::vector<IpAddress> addresses_;  // the next one to try is the last
    Registration resolving_;
    std::unique_ptr<Timer> timer_;
    std::shared_ptr<DatagramPort> port_;
    std::shared_ptr<LiveConnection> connection_;
};

}  // namespace gantry::lftp

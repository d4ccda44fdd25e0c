#pragma once

#include <lftp/net/datagram_port.h>

#include <deque>

namespace gantry::lftp {

// A Listener on one port: each connection whose handshake has finished becomes a stream. While it
// is paused, `backlog` of them wait, and more are refused.
class RudpListener final : public Listener {
  public:
    // Errors of DatagramPort::listen().
    static Result<std::unique_ptr<Listener>> open(std::shared_ptr<DatagramPort> port,
                                                  std::size_t backlog, AcceptCallback accepted);
    ~RudpListener() override;
    RudpListener(const RudpListener&) = delete;
    RudpListener& operator=(const RudpListener&) = delete;

    Endpoint local() const override { return port_->local(); }
    void pause() override;
    void resume() override;

  private:
    struct Shared;
    RudpListener(std::shared_ptr<DatagramPort> port, std::shared_ptr<Shared> shared)
        : port_(std::move(port)), shared_(std::move(shared)) {}
    static void hand_over_soon(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<DatagramPort> port_;
    std::shared_ptr<Shared> shared_;
};

}  // namespace gantry::lftp

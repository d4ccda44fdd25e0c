#pragma once

#include <gantry/net/listener.h>

#include <gantry/core/lifetime.h>
#include "owned_socket.h"

namespace gantry::host {

// A Listener over a listening TCP socket.
class TcpListener final : public Listener {
  public:
    // Takes over a socket that listens. On the loop's thread.
    static Result<std::unique_ptr<Listener>> make(EventLoop& loop, OwnedSocket socket,
                                                  AcceptCallback accepted);
    TcpListener(EventLoop& loop, OwnedSocket socket, AcceptCallback accepted);

    Endpoint local() const override;
    void pause() override;
    void resume() override;

    static constexpr int kBatch = 64;  // accepted in one turn
    static constexpr Duration kRetry = std::chrono::milliseconds(100);

  private:
    Result<void> start();
    Result<void> accept_waiting();
    Result<void> hand_over(int fd);
    void rest();

    EventLoop& loop_;
    OwnedSocket socket_;
    AcceptCallback accepted_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<Timer> retry_;
    Lifetime lifetime_;
    bool paused_ = false;
};

}  // namespace gantry::host

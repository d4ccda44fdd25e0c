#pragma once

#include "connection.h"

#include <gantry/net/listener.h>

#include <deque>
#include <memory>

namespace gantry::testing::detail {

// A listening port: what has connected waits here until it is accepted, one a turn.
class ListenerState : public std::enable_shared_from_this<ListenerState> {
  public:
    ListenerState(std::shared_ptr<NetworkState> network, EventLoop& loop, AcceptCallback accepted,
                  std::size_t backlog);

    bool has_room() const noexcept { return waiting_.size() < backlog_; }
    void add(std::shared_ptr<Connection> connection);
    void set_paused(bool paused);
    // No longer listens; what waits is reset.
    void stop();
    bool stopped() const noexcept { return stopped_; }

  private:
    void schedule();
    void accept_one();

    std::shared_ptr<NetworkState> network_;
    EventLoop& loop_;
    std::shared_ptr<AcceptCallback> accepted_;
    std::size_t backlog_;
    std::deque<std::shared_ptr<Connection>> waiting_;
    bool paused_ = false;
    bool scheduled_ = false;
    bool stopped_ = false;
};

class SimListener final : public Listener {
  public:
    static Result<std::unique_ptr<Listener>> open(std::shared_ptr<NetworkState> network,
                                                  HostId host, EventLoop& loop, const Endpoint& at,
                                                  const ListenOptions& options,
                                                  AcceptCallback accepted);
    SimListener(std::shared_ptr<NetworkState> network, HostId host, EventLoop& loop, Endpoint at,
                std::shared_ptr<ListenerState> state);
    ~SimListener() override;
    Endpoint local() const override { return local_; }
    void pause() override { state_->set_paused(true); }
    void resume() override { state_->set_paused(false); }

  private:
    std::shared_ptr<NetworkState> network_;
    HostId host_;
    EventLoop& loop_;
    Endpoint local_;
    std::shared_ptr<ListenerState> state_;
};

}  // namespace gantry::testing::detail

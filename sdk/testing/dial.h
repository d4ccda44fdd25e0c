#pragma once

#include "connection.h"

#include <functional>
#include <memory>

namespace gantry::testing::detail {

// One attempt to connect to one address: asks, asks again when nothing answers, and hears that the
// peer listens or that it refuses. The one who connects gives up by cancel().
class Dial : public std::enable_shared_from_this<Dial> {
  public:
    using Done = std::function<void(Result<std::shared_ptr<Connection>>)>;

    Dial(NetworkState& network, HostId from_host, const Endpoint& from, const Endpoint& to,
         Done done);
    void start() { ask(std::chrono::seconds(1)); }
    void cancel();

  private:
    void ask(Duration patience);
    void arrive(HostId at);
    void answer(HostId from, Result<std::shared_ptr<Connection>> result);
    void settle(const Result<std::shared_ptr<Connection>>& result);

    NetworkState& network_;
    HostId from_host_;
    Endpoint from_;
    Endpoint to_;
    Done done_;  // empty when it is settled
    std::shared_ptr<Connection> connection_;
};

}  // namespace gantry::testing::detail

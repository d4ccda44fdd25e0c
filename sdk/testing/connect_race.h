#pragma once

#include "dial.h"

#include <gantry/net/connector.h>

#include <memory>
#include <vector>

namespace gantry::testing::detail {

// Tries addresses in turn, the next one when one fails or is slow, and takes the first that answers
// (RFC 8305 section 5). The callback comes once, in a later turn of the loop, unless cancelled.
class ConnectRace : public std::enable_shared_from_this<ConnectRace> {
  public:
    ConnectRace(NetworkState& network, EventLoop& loop, ConnectCallback done);

    // `pairs` are source and destination; not empty.
    void start(HostId host, std::vector<std::pair<Endpoint, Endpoint>> pairs, Duration timeout);
    void fail(Error error) { finish(std::move(error)); }
    void cancel();

  private:
    void next();
    void on_result(std::size_t slot, Result<std::shared_ptr<Connection>> result);
    void finish(Result<std::unique_ptr<Stream>> result);
    void end();

    NetworkState& network_;
    EventLoop& loop_;
    ConnectCallback done_;
    HostId host_ = 0;
    std::vector<std::pair<Endpoint, Endpoint>> pairs_;
    std::size_t tried_ = 0;
    std::size_t failed_ = 0;
    std::vector<std::shared_ptr<Dial>> dials_;
    bool finished_ = false;
    bool ended_ = false;
};

}  // namespace gantry::testing::detail

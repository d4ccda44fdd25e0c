#pragma once

#include <lftp/net/datagram_port.h>

#include <list>

namespace gantry::lftp {

// Ports without users, on the plugin's own loop, until each of their connections has delivered what
// it had. Made and stopped on `home`'s thread; take() from any.
class RestingPorts final : public RestingPlace, public std::enable_shared_from_this<RestingPorts> {
  public:
    RestingPorts(const PortParts& parts, EventLoop& home) : parts_(parts), home_(home) {}

    void take(const Endpoint& local, std::vector<std::unique_ptr<Connection>> connections) override;
    // Gives what is not delivered yet so much time; then `done`, on the loop.
    void stop(Duration drain, Task done);

  private:
    void adopt(const Endpoint& local, std::vector<std::unique_ptr<Connection>> connections);
    void changed();
    void finish();

    PortParts parts_;
    EventLoop& home_;
    std::list<std::shared_ptr<DatagramPort>> ports_;
    std::unique_ptr<Timer> limit_;
    Task stopped_;
    bool stopping_ = false;  // and what was posted before has come
};

}  // namespace gantry::lftp

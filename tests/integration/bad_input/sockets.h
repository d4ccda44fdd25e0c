#pragma once

#include "wire.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gantry::testing {

// Plain sockets on 127.0.0.1 for a test that plays one side of a connection. They throw
// std::system_error where the system refuses, and std::runtime_error when the limit is over.
class Connection {
  public:
    using Limit = std::chrono::milliseconds;
    static constexpr Limit kPatience{60'000};

    static Connection to(std::uint16_t port);
    explicit Connection(int socket) : socket_(socket) {}
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;
    ~Connection();

    // False when the other side has closed.
    bool send(std::string_view bytes);
    // What has come, at least one byte; nothing when the other side ended or broke the connection.
    std::string receive(Limit limit = kPatience);
    // Whether bytes, or the end, are there within the limit.
    bool readable(Limit limit);
    // One whole frame; nothing at the end of the connection.
    std::optional<wire::Frame> receive_frame(Limit limit = kPatience);
    // Reads and drops all that comes until the connection ends.
    void await_end(Limit limit = kPatience);
    void close();
    // Closes so that the other side sees a reset rather than an end.
    void reset();

  private:
    int socket_;
    std::string waiting_;  // came, and was not asked for yet
};

class Listener {
  public:
    Listener();  // on a port that the system picks
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener();

    std::uint16_t port() const noexcept { return port_; }
    Connection accept(Connection::Limit limit = Connection::kPatience);

  private:
    int socket_;
    std::uint16_t port_ = 0;
};

}  // namespace gantry::testing

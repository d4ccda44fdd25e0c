#pragma once

#include <gantry/net/connector.h>

#include <memory>
#include <string>

namespace gantry::host {

// Looks names up with getaddrinfo(), which blocks, on a few threads of its own. Thread-safe.
class Resolver {
  public:
    static constexpr std::size_t kThreads = 4;
    static constexpr std::size_t kMaxQueued = 256;

    Resolver();
    // The system cannot be made to give up a look-up. A thread that is in one is left to itself;
    // it touches nothing but its own state afterwards.
    ~Resolver();
    // As Connector::resolve. An address needs no thread.
    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done);

  private:
    struct Request;
    struct Queue;
    class Token;
    static void work(const std::shared_ptr<Queue>& queue);
    void enqueue(std::shared_ptr<Request> request);
    void start_thread();

    std::shared_ptr<Queue> queue_;
};

}  // namespace gantry::host

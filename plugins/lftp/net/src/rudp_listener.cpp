#include <gantry/core/lifetime.h>
#include <lftp/net/rudp_listener.h>
#include <lftp/net/rudp_stream.h>

namespace gantry::lftp {

// Lives on until the turn that hands a stream over, in which the listener may be destroyed.
struct RudpListener::Shared {
    DatagramPort* port = nullptr;  // null: the listener has gone
    std::size_t backlog = 0;
    AcceptCallback accepted;
    std::deque<std::shared_ptr<LiveConnection>> waiting;
    Lifetime lifetime;
    bool paused = false;
    bool posted = false;

    void take(std::shared_ptr<LiveConnection> connection) {
        if (waiting.size() < backlog) return waiting.push_back(std::move(connection));
        refuse(*connection);
    }
    static void refuse(LiveConnection& connection) {
        connection.core().refuse("the server takes no more connections now", connection.now());
        connection.leave();
    }
    Result<void> hand_over() {
        posted = false;
        Result<void> outcome;
        while (port != nullptr && !paused && !waiting.empty()) {
            auto connection = std::move(waiting.front());
            waiting.pop_front();
            outcome = both(std::move(outcome),
                           lifetime.call(accepted, std::make_unique<RudpStream>(
                                                       port->shared_from_this(), connection)));
        }
        return outcome;
    }
    void close() {
        port = nullptr;
        for (const auto& connection : waiting) refuse(*connection);
        waiting.clear();
        lifetime.callbacks_replaced();
        accepted.reset();
    }
};

Result<std::unique_ptr<Listener>> RudpListener::open(std::shared_ptr<DatagramPort> port,
                                                     std::size_t backlog, AcceptCallback accepted) {
    auto shared = std::make_shared<Shared>();
    shared->port = port.get();
    shared->backlog = backlog;
    shared->accepted = std::move(accepted);
    auto listens = port->listen([shared](std::shared_ptr<LiveConnection> connection) {
        shared->take(std::move(connection));
        hand_over_soon(shared);
    });
    if (!listens) return std::move(listens).error();
    return std::unique_ptr<Listener>(new RudpListener(std::move(port), std::move(shared)));
}

RudpListener::~RudpListener() {
    port_->stop_listening();
    shared_->close();
}

void RudpListener::hand_over_soon(const std::shared_ptr<Shared>& shared) {
    if (std::exchange(shared->posted, true)) return;
    shared->port->loop().post([shared]() { return shared->hand_over(); });
}

void RudpListener::pause() { shared_->paused = true; }

void RudpListener::resume() {
    shared_->paused = false;
    hand_over_soon(shared_);
}

}  // namespace gantry::lftp

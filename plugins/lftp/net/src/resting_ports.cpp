#include <lftp/net/resting_ports.h>

#include <algorithm>

namespace gantry::lftp {

void RestingPorts::take(const Endpoint& local,
                        std::vector<std::unique_ptr<Connection>> connections) {
    home_.post([weak = weak_from_this(), local, connections = std::move(connections)]() mutable {
        if (const auto self = weak.lock()) self->adopt(local, std::move(connections));
    });
}

// Where the port number is taken meanwhile, another's packets matter more than these.
void RestingPorts::adopt(const Endpoint& local,
                         std::vector<std::unique_ptr<Connection>> connections) {
    auto port = DatagramPort::open(parts_, home_, local);
    if (!port) return;
    ports_.push_back(*port);
    (*port)->adopt(std::move(connections), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->changed();
    });
    changed();
}

void RestingPorts::changed() {
    std::erase_if(ports_, [](const auto& port) { return port->size() == 0; });
    const bool delivered = std::all_of(ports_.begin(), ports_.end(),
                                       [](const auto& port) { return port->has_delivered(); });
    if (stopping_ && delivered) finish();
}

void RestingPorts::stop(Duration drain, Task done) {
    stopped_ = std::move(done);
    // Behind what was posted by then.
    home_.post([weak = weak_from_this(), drain] {
        const auto self = weak.lock();
        if (!self) return;
        self->stopping_ = true;
        self->changed();
        if (!self->stopped_) return;
        self->limit_ = self->home_.make_timer([raw = self.get()] { raw->finish(); });
        self->limit_->arm(self->home_.now() + drain);
    });
}

void RestingPorts::finish() {
    if (!stopped_) return;
    ports_.clear();
    home_.post(std::exchange(stopped_, {}));
}

}  // namespace gantry::lftp

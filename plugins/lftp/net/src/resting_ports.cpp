#include <lftp/net/resting_ports.h>

namespace gantry::lftp {

void RestingPorts::take(const Endpoint& local, std::vector<Resting> connections) {
    home_.post([weak = weak_from_this(), local, connections = std::move(connections)]() mutable {
        if (const auto self = weak.lock()) self->adopt(local, std::move(connections));
    });
}

// Where the port number is taken meanwhile, another's packets matter more than these.
void RestingPorts::adopt(const Endpoint& local, std::vector<Resting> connections) {
    auto port = DatagramPort::open(parts_, home_, local);
    if (!port) return;
    const auto at = ports_.insert(ports_.end(), std::move(*port));
    (*at)->adopt(std::move(connections), [weak = weak_from_this(), at] {
        const auto self = weak.lock();
        if (!self || self->ports_.empty()) return;
        self->ports_.erase(at);
        if (self->ports_.empty()) self->finish();
    });
}

void RestingPorts::stop(Duration drain, Task done) {
    stopped_ = std::move(done);
    // Behind what was posted by then.
    home_.post([weak = weak_from_this(), drain] {
        const auto self = weak.lock();
        if (!self) return;
        if (self->ports_.empty()) return self->finish();
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

#include "dial.h"

#include "sim_listener.h"

#include <cerrno>
#include <utility>

namespace gantry::testing::detail {

Dial::Dial(NetworkState& network, HostId from_host, const Endpoint& from, const Endpoint& to,
           Done done)
    : network_(network), from_host_(from_host), from_(from), to_(to), done_(std::move(done)) {}

void Dial::cancel() {
    done_ = nullptr;
    if (connection_) connection_->reset(Side::client);
}

// Doubling patience, as TCP asks again after 1, 3, 7 ... seconds.
void Dial::ask(Duration patience) {
    if (!done_) return;
    const auto self = shared_from_this();
    if (const auto host = network_.find_host(from_host_, to_.address)) {
        const Passage passage = network_.pass(from_host_, *host, {"connect", from_, to_, 0});
        if (passage.fate == PacketFate::arrives)
            network_.wire().at(passage.arrival, [self, at = *host] { self->arrive(at); });
    } else {
        network_.record("nobody there", {"connect", from_, to_, 0});
    }
    network_.wire().after(patience, [self, patience] { self->ask(2 * patience); });
}

void Dial::arrive(HostId at) {
    if (!done_) return;
    if (connection_) return answer(at, connection_);
    const auto listeners = network_.host(at).listeners.find(to_);
    if (listeners.empty())
        return answer(at, error_from_errno(ECONNREFUSED, "net", to_.to_string()));
    auto* listener = listeners[network_.random().below(listeners.size())];
    if (!listener->has_room()) return network_.record("backlog full", {"", from_, to_, 0});
    connection_ = std::make_shared<Connection>(network_, from_host_, from_, at, to_);
    network_.add_connection(connection_);
    listener->add(connection_);
    answer(at, connection_);
}

void Dial::answer(HostId from, Result<std::shared_ptr<Connection>> result) {
    const Passage passage = network_.pass(from, from_host_, {"answer", to_, from_, 0});
    if (passage.fate != PacketFate::arrives) return;
    network_.wire().at(passage.arrival, [self = shared_from_this(), result = std::move(result)] {
        self->settle(result);
    });
}

void Dial::settle(const Result<std::shared_ptr<Connection>>& result) {
    const auto done = std::exchange(done_, nullptr);
    if (done) done(result);
}

}  // namespace gantry::testing::detail

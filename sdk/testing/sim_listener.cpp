#include "sim_listener.h"

#include "sim_stream.h"

#include <algorithm>
#include <utility>

namespace gantry::testing::detail {

ListenerState::ListenerState(std::shared_ptr<NetworkState> network, EventLoop& loop,
                             AcceptCallback accepted, std::size_t backlog)
    : network_(std::move(network)),
      loop_(loop),
      accepted_(std::make_shared<AcceptCallback>(std::move(accepted))),
      backlog_(backlog) {}

void ListenerState::add(std::shared_ptr<Connection> connection) {
    waiting_.push_back(std::move(connection));
    schedule();
}

void ListenerState::set_paused(bool paused) {
    paused_ = paused;
    schedule();
}

void ListenerState::schedule() {
    if (scheduled_ || paused_ || stopped_ || waiting_.empty()) return;
    scheduled_ = true;
    loop_.post([self = shared_from_this()] { self->accept_one(); });
}

void ListenerState::accept_one() {
    scheduled_ = false;
    if (paused_ || stopped_ || waiting_.empty()) return;
    const auto connection = std::move(waiting_.front());
    waiting_.pop_front();
    const auto accepted = accepted_;
    auto stream = std::make_unique<SimStream>(network_, connection, Side::server, loop_);
    if (auto outcome = (*accepted)(std::move(stream)); !outcome)
        network_->errors().push_back(outcome.error());
    schedule();
}

void ListenerState::stop() {
    stopped_ = true;
    accepted_.reset();
    for (const auto& connection : std::exchange(waiting_, {})) connection->reset(Side::server);
}

Result<std::unique_ptr<Listener>> SimListener::open(std::shared_ptr<NetworkState> network,
                                                    HostId host, EventLoop& loop,
                                                    const Endpoint& at,
                                                    const ListenOptions& options,
                                                    AcceptCallback accepted) {
    const auto backlog = static_cast<std::size_t>(std::max(options.backlog, 1));
    auto state = std::make_shared<ListenerState>(network, loop, std::move(accepted), backlog);
    auto bound = network->host(host).listeners.claim(at, options.reuse_port, state.get());
    if (!bound) return std::move(bound).error();
    return std::make_unique<SimListener>(std::move(network), host, loop, *bound, std::move(state));
}

SimListener::SimListener(std::shared_ptr<NetworkState> network, HostId host, EventLoop& loop,
                         Endpoint at, std::shared_ptr<ListenerState> state)
    : network_(std::move(network)), host_(host), loop_(loop), local_(at), state_(std::move(state)) {
    ++network_->open(loop_).listeners;
}

SimListener::~SimListener() {
    --network_->open(loop_).listeners;
    network_->host(host_).listeners.release(state_.get());
    state_->stop();
}

}  // namespace gantry::testing::detail

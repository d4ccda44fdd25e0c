#include "connect_race.h"

#include "sim_stream.h"

#include <cerrno>
#include <utility>

namespace gantry::testing::detail {

namespace {
constexpr Duration kStagger = std::chrono::milliseconds(250);
}

ConnectRace::ConnectRace(NetworkState& network, EventLoop& loop, ConnectCallback done)
    : network_(network), loop_(loop), done_(std::move(done)) {
    ++network_.open(loop_).connects;
}

void ConnectRace::start(HostId host, std::vector<std::pair<Endpoint, Endpoint>> pairs,
                        Duration timeout) {
    host_ = host;
    pairs_ = std::move(pairs);
    network_.wire().after(timeout, [self = shared_from_this()] {
        self->finish(error_from_errno(ETIMEDOUT, "net", self->pairs_.front().second.to_string()));
    });
    next();
}

void ConnectRace::next() {
    if (finished_ || tried_ == pairs_.size()) return;
    const auto [from, to] = pairs_[tried_++];
    const auto slot = dials_.size();
    auto dial = std::make_shared<Dial>(
        network_, host_, from, to,
        [race = weak_from_this(), slot](Result<std::shared_ptr<Connection>> result) {
            if (const auto self = race.lock()) self->on_result(slot, std::move(result));
        });
    dials_.push_back(dial);
    dial->start();
    if (tried_ < pairs_.size())
        network_.wire().after(kStagger, [self = shared_from_this()] { self->next(); });
}

void ConnectRace::on_result(std::size_t slot, Result<std::shared_ptr<Connection>> result) {
    if (finished_) return;
    if (result) {
        // The winner is not cancelled with the others.
        dials_.erase(dials_.begin() + static_cast<std::ptrdiff_t>(slot));
        finish(std::make_unique<SimStream>(network_.shared_from_this(), std::move(*result),
                                           Side::client, loop_));
        return;
    }
    if (++failed_ == pairs_.size())
        finish(std::move(result).error());
    else
        next();
}

void ConnectRace::finish(Result<std::unique_ptr<Stream>> result) {
    if (std::exchange(finished_, true)) return;
    for (const auto& dial : std::exchange(dials_, {})) dial->cancel();
    loop_.post([self = shared_from_this(), result = std::move(result)]() mutable {
        if (self->ended_) return;
        self->end();
        auto done = std::move(self->done_);
        if (auto outcome = done(std::move(result)); !outcome)
            self->network_.errors().push_back(outcome.error());
    });
}

void ConnectRace::cancel() {
    if (ended_) return;
    end();
    finished_ = true;
    for (const auto& dial : std::exchange(dials_, {})) dial->cancel();
    done_.reset();
}

void ConnectRace::end() {
    ended_ = true;
    --network_.open(loop_).connects;
}

}  // namespace gantry::testing::detail

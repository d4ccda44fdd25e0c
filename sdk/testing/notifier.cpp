#include "notifier.h"

#include <algorithm>

namespace gantry::testing::detail {

namespace {
constexpr unsigned kMaxDoublings = 10;  // of a microsecond
}

Notifier::Notifier(EventLoop& loop, WireSchedule& wire, std::vector<Error>& errors,
                   std::function<Readiness()> ready)
    : loop_(loop), wire_(wire), errors_(errors), ready_(std::move(ready)) {}

void Notifier::set_callbacks(SocketCallbacks callbacks) {
    callbacks_ = std::make_shared<SocketCallbacks>(std::move(callbacks));
    news();
}

void Notifier::set_interest(Interest interest) {
    interest_ = interest;
    news();
}

void Notifier::news() {
    idle_tellings_ = 0;
    if (delayed_) {
        ++generation_;
        delayed_ = scheduled_ = false;
    }
    check();
}

bool Notifier::has_news() const {
    if (stopped_ || !callbacks_) return false;
    if (failure_) return true;
    const Readiness now = ready_();
    return (wants_read(interest_) && now.readable) || (wants_write(interest_) && now.writable);
}

void Notifier::check() {
    if (!scheduled_ && has_news()) schedule();
}

void Notifier::post() {
    loop_.post([self = shared_from_this()] { self->run(); });
}

void Notifier::schedule() {
    scheduled_ = true;
    if (idle_tellings_ < 2) return post();
    delayed_ = true;
    const unsigned doublings = std::min(idle_tellings_ - 2, kMaxDoublings);
    const auto later = [self = shared_from_this(), generation = generation_] {
        if (self->stopped_ || generation != self->generation_) return;
        self->delayed_ = false;
        self->post();
    };
    wire_.after(std::chrono::microseconds(1U << doublings), later);
}

void Notifier::run() {
    const auto self = shared_from_this();
    scheduled_ = false;
    if (stopped_) return;
    if (failure_) {
        const auto callbacks = callbacks_;
        Error error = std::move(*failure_);
        stop();
        if (!callbacks) return;
        if (auto outcome = callbacks->closed(std::move(error)); !outcome)
            errors_.push_back(outcome.error());
        return;
    }
    ++idle_tellings_;
    if (wants_read(interest_) && ready_().readable) tell(&SocketCallbacks::readable);
    if (!stopped_ && !failure_ && wants_write(interest_) && ready_().writable)
        tell(&SocketCallbacks::writable);
    check();
}

void Notifier::tell(Callback<> SocketCallbacks::*which) {
    const auto callbacks = callbacks_;
    if (!callbacks) return;
    if (auto outcome = (*callbacks.*which)(); !outcome) errors_.push_back(outcome.error());
}

void Notifier::fail(Error error) {
    if (stopped_ || failure_) return;
    failure_ = std::move(error);
    news();
}

void Notifier::stop() {
    stopped_ = true;
    // The running callback is held by run(); what else they hold goes now.
    callbacks_.reset();
    ready_ = nullptr;
}

}  // namespace gantry::testing::detail

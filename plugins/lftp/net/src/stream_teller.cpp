#include <lftp/net/stream_teller.h>

namespace gantry::lftp {

namespace {

constexpr int kEagerTellings = 8;
constexpr std::chrono::milliseconds kPause{1};

}  // namespace

StreamTeller::StreamTeller(EventLoop& loop, std::function<Readiness()> ready)
    : loop_(loop), ready_(std::move(ready)), pause_(loop.make_timer([this] { post(); })) {}

void StreamTeller::set_callbacks(StreamCallbacks callbacks) {
    lifetime_.callbacks_replaced();
    // What is destroyed here may come back to this object.
    const StreamCallbacks former = std::exchange(callbacks_, std::move(callbacks));
    schedule();
}

void StreamTeller::set_interest(Interest interest) {
    interest_ = interest;
    news();
}

void StreamTeller::news() {
    idle_tellings_ = 0;
    if (pause_->armed()) {
        pause_->disarm();
        scheduled_ = false;
    }
    schedule();
}

void StreamTeller::fail(Error error) {
    if (failure_ || stopped_) return;
    failure_ = std::move(error);
    news();
}

void StreamTeller::stop() {
    stopped_ = true;
    pause_->disarm();
    set_callbacks({});
}

bool StreamTeller::wanted() const {
    if (stopped_) return false;
    if (failure_) return !failure_told_;
    const auto now = ready_();
    return (wants_read(interest_) && now.readable) || (wants_write(interest_) && now.writable);
}

void StreamTeller::schedule() {
    if (scheduled_ || !wanted()) return;
    scheduled_ = true;
    if (++idle_tellings_ > kEagerTellings)
        pause_->arm(loop_.now() + kPause);
    else
        post();
}

void StreamTeller::post() {
    loop_.post([weak = weak_from_this()]() -> Result<void> {
        const auto self = weak.lock();
        return self ? self->run() : Result<void>();
    });
}

Result<void> StreamTeller::run() {
    scheduled_ = false;
    const auto outcome = failure_ ? tell_failure() : tell();
    schedule();
    return outcome;
}

Result<void> StreamTeller::tell() {
    Result<void> outcome;
    if (!stopped_ && wants_read(interest_) && ready_().readable && callbacks_.readable)
        outcome = lifetime_.call(callbacks_.readable);
    if (!stopped_ && !failure_ && wants_write(interest_) && ready_().writable &&
        callbacks_.writable)
        outcome = both(std::move(outcome), lifetime_.call(callbacks_.writable));
    return outcome;
}

Result<void> StreamTeller::tell_failure() {
    if (stopped_ || std::exchange(failure_told_, true) || !callbacks_.closed) return {};
    return lifetime_.call(callbacks_.closed, *failure_);
}

}  // namespace gantry::lftp

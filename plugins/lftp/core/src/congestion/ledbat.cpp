#include <lftp/core/congestion/ledbat.h>

namespace gantry::lftp {

Ledbat::Ledbat(const CongestionSettings& settings)
    : datagram_(settings.datagram), window_(static_cast<double>(first_window(settings))) {}

std::uint64_t Ledbat::gain_divisor(Duration base) noexcept {
    const auto delay = std::max<std::uint64_t>(nanoseconds_of(base), 1);
    const auto target = 2 * nanoseconds_of(kTarget);
    return std::clamp<std::uint64_t>((target - 1) / delay + 1, 1, kMostGainDivisor);
}

void Ledbat::on_acked(const AckSample& ack) {
    if (ack.rtt_smoothed > Duration::zero()) smoothed_ = ack.rtt_smoothed;
    if (ack.rtt_latest > Duration::zero()) delay_.add(ack.now, ack.rtt_latest);
    recovering_ = recovery_.covers(ack.newest_sent_at);
    keep_schedule(ack.now);
    if (schedule_.phase() == SlowdownSchedule::Phase::kHeld) return;
    if (recovering_ || ack.rate.app_limited || !delay_.known()) return;
    if (in_slow_start())
        slow_start(ack);
    else
        avoid_delay(ack);
    if (!in_slow_start()) schedule_.on_recovered(ack.now);
}

void Ledbat::keep_schedule(TimePoint now) {
    if (schedule_.on_time(now, smoothed_) != SlowdownSchedule::Step::kSlowDown) return;
    threshold_ = std::max(to_count(window_), 2 * minimum_window(datagram_));
    set_window(0);
}

// The first slow start ends before the queue reaches the target: at three quarters of it.
void Ledbat::slow_start(const AckSample& ack) {
    const double grown =
        window_ + static_cast<double>(ack.bytes) / static_cast<double>(gain_divisor(delay_.base()));
    set_window(threshold_ == kUnbounded ? grown : std::min(grown, static_cast<double>(threshold_)));
    if (threshold_ != kUnbounded || delay_.queueing() <= kTarget * 3 / 4) return;
    threshold_ = to_count(window_);
    schedule_.on_slow_start_end(ack.now, smoothed_);
}

// Adds a part of a datagram a round trip; above the target takes as much of the window as the delay
// is above it, at most a half.
void Ledbat::avoid_delay(const AckSample& ack) {
    const double share = std::min(static_cast<double>(ack.bytes) / window_, 1.0);
    const double gain =
        static_cast<double>(datagram_) / static_cast<double>(gain_divisor(delay_.base()));
    const double excess = to_seconds(delay_.queueing()) / to_seconds(kTarget) - 1.0;
    const double change = excess <= 0 ? gain : std::max(gain - window_ * excess, -window_ / 2.0);
    set_window(window_ + change * share);
    threshold_ = std::min(threshold_, to_count(window_));  // what it yields it does not take back
}

void Ledbat::on_lost(const LossSample& loss) { react(loss.packet.sent_at, loss.now); }

void Ledbat::on_congestion(const MarkSample& mark) { react(mark.newest_sent_at, mark.now); }

void Ledbat::react(TimePoint sent_at, TimePoint now) {
    if (recovery_.covers(sent_at)) return;
    undo_window_ = window_;
    undo_threshold_ = threshold_;
    recovery_.begin(now);
    recovering_ = true;
    set_window(window_ / static_cast<double>(kReduction));
    threshold_ = to_count(window_);
    schedule_.on_slow_start_end(now, smoothed_);
}

void Ledbat::on_spurious_loss(TimePoint) {
    recovery_.forget();
    recovering_ = false;
    if (undo_window_ <= window_) return;
    window_ = undo_window_;
    threshold_ = undo_threshold_;
    undo_window_ = 0;
}

void Ledbat::on_persistent_congestion(TimePoint) {
    threshold_ = std::max(to_count(window_ / 2.0), minimum_window(datagram_));
    set_window(0);
    recovery_.forget();
    recovering_ = false;
    undo_window_ = 0;
}

void Ledbat::on_restart(TimePoint) {
    set_window(std::min(window_, static_cast<double>(initial_window(datagram_))));
}

void Ledbat::on_datagram_size(std::uint64_t size) {
    datagram_ = size;
    set_window(window_);
}

void Ledbat::set_window(double window) {
    window_ = std::clamp(window, static_cast<double>(minimum_window(datagram_)),
                         static_cast<double>(kLargestWindow));
}

BytesPerSecond Ledbat::pacing_rate() const noexcept {
    return pace_of(to_count(window_), smoothed_, in_slow_start() ? kSlowStartPace : kSteadyPace);
}

std::string_view Ledbat::state() const noexcept {
    if (recovering_) return "recovery";
    if (schedule_.phase() == SlowdownSchedule::Phase::kHeld) return "slowdown";
    return in_slow_start() ? "slow_start" : "delay_avoidance";
}

}  // namespace gantry::lftp

#include <lftp/core/congestion/reno.h>

namespace gantry::lftp {

Reno::Reno(const CongestionSettings& settings)
    : datagram_(settings.datagram), window_(first_window(settings)) {}

void Reno::on_acked(const AckSample& ack) {
    if (ack.rtt_smoothed > Duration::zero()) smoothed_ = ack.rtt_smoothed;
    recovering_ = recovery_.covers(ack.newest_sent_at);
    if (recovering_ || ack.rate.app_limited) return;
    grow(ack.bytes);
}

// Slow start counts bytes; congestion avoidance adds a datagram for each window that arrived.
void Reno::grow(std::uint64_t acked) {
    if (in_slow_start()) {
        const auto rest = saturating_sub(saturating_add(window_, acked), threshold_);
        set_window(saturating_add(window_, saturating_sub(acked, rest)));
        acked = rest;
        if (in_slow_start()) return;
    }
    acked_ = saturating_add(acked_, acked);
    if (acked_ < window_) return;
    acked_ -= window_;
    set_window(saturating_add(window_, datagram_));
}

void Reno::on_lost(const LossSample& loss) { react(loss.packet.sent_at, loss.now); }

void Reno::on_congestion(const MarkSample& mark) { react(mark.newest_sent_at, mark.now); }

void Reno::react(TimePoint sent_at, TimePoint now) {
    if (recovery_.covers(sent_at)) return;
    undo_ = {window_, threshold_};
    recovery_.begin(now);
    recovering_ = true;
    set_window(window_ / kReduction);
    threshold_ = window_;
    acked_ = 0;
}

void Reno::on_spurious_loss(TimePoint) {
    set_window(std::max(window_, undo_.window));
    threshold_ = std::max(threshold_, undo_.threshold);
    undo_ = {};
    recovery_.forget();
    recovering_ = false;
}

void Reno::on_persistent_congestion(TimePoint) {
    threshold_ = std::max(window_ / kReduction, minimum_window(datagram_));
    set_window(minimum_window(datagram_));
    recovery_.forget();
    recovering_ = false;
    undo_ = {};
}

// RFC 5681 section 4.1: after a silence the path is unknown again, and the threshold remembers it.
void Reno::on_restart(TimePoint) { set_window(std::min(window_, initial_window(datagram_))); }

void Reno::on_datagram_size(std::uint64_t size) {
    datagram_ = size;
    set_window(window_);
}

void Reno::set_window(std::uint64_t window) {
    window_ = std::clamp(window, minimum_window(datagram_), kLargestWindow);
}

BytesPerSecond Reno::pacing_rate() const noexcept {
    return pace_of(window_, smoothed_, in_slow_start() ? kSlowStartPace : kSteadyPace);
}

std::string_view Reno::state() const noexcept {
    if (recovering_) return "recovery";
    return in_slow_start() ? "slow_start" : "congestion_avoidance";
}

}  // namespace gantry::lftp

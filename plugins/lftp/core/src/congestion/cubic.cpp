#include <lftp/core/congestion/cubic.h>

#include <limits>

namespace gantry::lftp {

namespace {

constexpr double kNoThreshold = std::numeric_limits<double>::infinity();

double as_double(std::uint64_t value) { return static_cast<double>(value); }

}  // namespace

Cubic::Cubic(const CongestionSettings& settings)
    : datagram_(settings.datagram),
      window_(as_double(first_window(settings))),
      threshold_(kNoThreshold) {}

void Cubic::on_acked(const AckSample& ack) {
    if (ack.rtt_smoothed > Duration::zero()) smoothed_ = ack.rtt_smoothed;
    recovering_ = recovery_.covers(ack.newest_sent_at);
    if (ack.rate.app_limited && !recovering_) curve_.skip(ack.now - last_ack_);
    last_ack_ = ack.now;
    if (recovering_ || ack.rate.app_limited) return;
    if (in_slow_start())
        slow_start(ack);
    else
        avoid_congestion(ack);
}

// HyStart++ is for the first slow start, which knows no threshold (RFC 9406 section 4.3).
void Cubic::slow_start(const AckSample& ack) {
    if (threshold_ != kNoThreshold)
        return set_window(std::min(window_ + as_double(ack.bytes), threshold_));
    set_window(window_ + as_double(hystart_.on_ack(ack)));
    if (hystart_.phase() == HyStart::Phase::kDone) threshold_ = window_;
}

void Cubic::avoid_congestion(const AckSample& ack) {
    const double unit = as_double(datagram_);
    if (!curve_.has_epoch()) curve_.begin_epoch(ack.now, window_ / unit);
    set_window(curve_.grown(window_ / unit, as_double(ack.bytes) / unit, ack.now, smoothed_) *
               unit);
}

void Cubic::on_lost(const LossSample& loss) { react(loss.packet.sent_at, loss.now); }

void Cubic::on_congestion(const MarkSample& mark) { react(mark.newest_sent_at, mark.now); }

void Cubic::react(TimePoint sent_at, TimePoint now) {
    if (recovery_.covers(sent_at)) return;
    undo_ = {window_, threshold_, curve_};
    undoable_ = recovering_ = true;
    recovery_.begin(now);
    curve_.on_congestion(window_ / as_double(datagram_));
    hystart_.on_congestion();
    set_window(window_ * CubicCurve::kBeta);
    threshold_ = window_;
}

void Cubic::on_spurious_loss(TimePoint) {
    if (!undoable_) return;
    undoable_ = recovering_ = false;
    recovery_.forget();
    if (window_ >= undo_.window) return;
    window_ = undo_.window;
    threshold_ = undo_.threshold;
    curve_ = undo_.curve;
    if (in_slow_start()) hystart_.restart();
}

void Cubic::on_persistent_congestion(TimePoint) {
    threshold_ = std::max(window_ * CubicCurve::kBeta, as_double(minimum_window(datagram_)));
    set_window(0);
    curve_.on_timeout();
    recovery_.forget();
    recovering_ = undoable_ = false;
}

void Cubic::on_restart(TimePoint now) {
    if (in_slow_start())
        hystart_.restart();
    else
        threshold_ = window_;
    set_window(std::min(window_, as_double(initial_window(datagram_))));
    curve_.skip(now - last_ack_);
    last_ack_ = std::max(last_ack_, now);
}

void Cubic::on_datagram_size(std::uint64_t size) {
    datagram_ = size;
    set_window(window_);
}

void Cubic::set_window(double window) {
    window_ = std::clamp(window, as_double(minimum_window(datagram_)), as_double(kLargestWindow));
}

BytesPerSecond Cubic::pacing_rate() const noexcept {
    return pace_of(to_count(window_), smoothed_, in_slow_start() ? kSlowStartPace : kSteadyPace);
}

ByteCount Cubic::slow_start_threshold() const noexcept {
    return ByteCount(threshold_ == kNoThreshold ? kUnbounded : to_count(threshold_));
}

std::string_view Cubic::state() const noexcept {
    if (recovering_) return "recovery";
    if (in_slow_start())
        return hystart_.phase() == HyStart::Phase::kConservative ? "conservative_slow_start"
                                                                 : "slow_start";
    return curve_.reno_friendly() ? "reno_friendly" : "congestion_avoidance";
}

}  // namespace gantry::lftp

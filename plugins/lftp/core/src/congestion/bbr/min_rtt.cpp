#include <lftp/core/congestion/bbr/min_rtt.h>

#include <algorithm>

namespace gantry::lftp {

void MinRtt::on_ack(TimePoint now, Duration sample) noexcept {
    if (probe_ == kNone) probe_at_ = value_at_ = now;
    expired_ = now - probe_at_ > kProbeInterval;
    if (sample > Duration::zero()) take(now, sample);
    if (probe_ < value_ || now - value_at_ > kFilter) {
        value_ = probe_;
        value_at_ = probe_at_;
    }
}

// A sample that is as low as the least shows that the queue is empty now, which PROBE_RTT would
// have to arrange. The draft asks for a lower one; on a path whose delay does not change there is
// none.
void MinRtt::take(TimePoint now, Duration sample) noexcept {
    const bool confirms = probe_ != kNone && sample - probe_ <= probe_ / kTolerance;
    if (probe_ != kNone && !confirms && !expired_) return;
    probe_ = expired_ ? sample : std::min(probe_, sample);
    probe_at_ = now;
}

}  // namespace gantry::lftp

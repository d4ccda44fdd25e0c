#include <lftp/core/congestion/bbr/bbr.h>

namespace gantry::lftp {

Bbr::Bbr(const CongestionSettings& settings)
    : datagram_(settings.datagram),
      path_(settings.datagram),
      window_(settings.datagram, lftp::first_window(settings)),
      cycle_(path_, window_, settings.seed) {
    init_pacing(kUnmeasuredRoundTrip);
}

void Bbr::on_sent(const SentSample& sent) {
    if (sent.app_limited && sent.in_flight <= sent.bytes) on_restart(sent.now);
    window_.on_sent(sent.in_flight);
}

void Bbr::on_acked(const AckSample& ack) {
    note_round_trip(ack.rtt_smoothed);
    const std::uint64_t memory = cycle_.full() ? AckAggregation::kRounds : 1;
    const std::uint64_t train = send_quantum().value();
    path_.on_ack(ack, cycle_.state(), cycle_.growing(), window_.value(), memory);
    cycle_.on_ack(ack, train);
    path_.end_ack(ack);
    if (path_.round_started()) window_.on_round();
    set_pacing(gains().pacing);
    if (collapsed_ && ack.newest_sent_at > collapsed_at_) {
        collapsed_ = false;
        window_.restore();
    }
    window_.on_ack(ack, path_, cycle_.state(), gains(), cycle_.full(), send_quantum().value());
}

void Bbr::on_lost(const LossSample& loss) {
    if (path_.on_lost(loss)) window_.save(held_down());
    cycle_.on_lost(loss);
}

void Bbr::on_congestion(const MarkSample& mark) {
    if (path_.on_mark(mark)) window_.save(held_down());
    cycle_.on_mark(mark);
}

void Bbr::on_spurious_loss(TimePoint) { cycle_.on_spurious_loss(); }

void Bbr::on_persistent_congestion(TimePoint now) {
    window_.save(held_down());
    window_.collapse();
    collapsed_ = true;
    collapsed_at_ = now;
}

void Bbr::on_restart(TimePoint now) {
    cycle_.on_restart(now);
    if (in_probe_bw(cycle_.state())) set_pacing(1.0);
}

void Bbr::on_datagram_size(std::uint64_t size) {
    datagram_ = size;
    path_.set_datagram(size);
    window_.set_datagram(size);
}

ByteCount Bbr::send_quantum() const noexcept {
    return train_at(BytesPerSecond(pacing_), datagram_);
}

void Bbr::init_pacing(Duration round_trip) noexcept {
    pacing_ = pace_of(window_.initial(), round_trip, gains_of(BbrState::kStartup).pacing).value();
}

BbrGains Bbr::gains() const noexcept {
    const bool rapid = cycle_.state() == BbrState::kStartup && !path_.queue_stands();
    return rapid ? kRapidStartup : gains_of(cycle_.state());
}

void Bbr::note_round_trip(Duration smoothed) noexcept {
    if (smoothed <= Duration::zero()) return;
    if (!smoothed_) init_pacing(smoothed);
    smoothed_ = smoothed;
}

bool Bbr::held_down() const noexcept { return collapsed_ || cycle_.state() == BbrState::kProbeRtt; }

// A pace that comes from samples too small to tell the rate must not slow Startup down. It never
// falls below what the least window moves: a pace of nothing would measure nothing.
void Bbr::set_pacing(double gain) noexcept {
    const auto rate = scaled(path_.bandwidth(), gain * bbr::kPacingMargin);
    const auto least = pace_of(window_.minimum(), smoothed_.value_or(kUnmeasuredRoundTrip), 1.0);
    if (cycle_.full() || rate > pacing_) pacing_ = std::max(rate, least.value());
}

}  // namespace gantry::lftp

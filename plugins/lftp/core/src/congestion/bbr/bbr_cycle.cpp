#include <lftp/core/congestion/bbr/bbr_cycle.h>

#include <utility>

namespace gantry::lftp {

void BbrCycle::on_ack(const AckSample& ack, std::uint64_t train) noexcept {
    if (path_.round_started()) clock_.on_round();
    check_full_pipe(ack);
    check_startup();
    check_drain(ack, train);
    if (full_.reached()) check_probe_bw(ack, train);
    path_.update_min_rtt(ack);
    check_probe_rtt(ack);
}

void BbrCycle::check_full_pipe(const AckSample& ack) noexcept {
    if (path_.round_started() && !path_.limited()) full_.on_round(ack.rate.rate.value());
}

void BbrCycle::check_startup() noexcept {
    if (state_ != BbrState::kStartup) return;
    if (!full_.reached() && path_.heavy_loss()) {
        undo_state_ = BbrState::kStartup;
        full_.set_reached(true);
        path_.inflight().set_long_term(
            std::max(path_.bdp(1.0, window_.initial()), path_.compensated_latest()));
    }
    if (!full_.reached()) return;
    state_ = BbrState::kDrain;
    drain_round_ = path_.round();
}

void BbrCycle::check_drain(const AckSample& ack, std::uint64_t train) noexcept {
    if (state_ != BbrState::kDrain) return;
    const auto drained = window_.quantized(path_.bdp(1.0, window_.initial()), state_, train);
    if (ack.in_flight <= drained || path_.round() > drain_round_ + kMostDrainRounds)
        start_down(ack.now);
}

void BbrCycle::start_down(TimePoint now) noexcept {
    clock_.begin(now);
    slow_down();
}

void BbrCycle::slow_down() noexcept {
    path_.reset_signals();
    path_.inflight().end_raise();
    queue_in_cruise_ = false;
    acks_ = Acks::kStopping;
    path_.start_round();
    state_ = BbrState::kDown;
}

void BbrCycle::start_cruise() noexcept {
    cruise_round_ = path_.round();
    state_ = BbrState::kCruise;
}

void BbrCycle::start_refill() noexcept {
    path_.reset_short_term();
    path_.inflight().begin_raise();
    last_precautionary_ = false;
    acks_ = Acks::kRefilling;
    path_.start_round();
    state_ = BbrState::kRefill;
}

void BbrCycle::start_up(const AckSample& ack) noexcept {
    probe_sample_ = true;
    acks_ = Acks::kStarting;
    path_.start_round();
    full_.restart(ack.rate.rate.value());
    state_ = BbrState::kUp;
    path_.inflight().next_slope(window_.value());
}

void BbrCycle::check_probe_bw(const AckSample& ack, std::uint64_t train) noexcept {
    if (adapt_long_term(ack)) return;
    switch (state_) {
        case BbrState::kDown:
            if (!time_to_probe(ack.now) && time_to_cruise(ack, train)) start_cruise();
            break;
        case BbrState::kCruise:
            if (path_.round() > cruise_round_ + kSettling)
                queue_in_cruise_ = queue_in_cruise_ || path_.queue_stands();
            time_to_probe(ack.now);
            break;
        case BbrState::kRefill:
            if (path_.round_started()) start_up(ack);
            break;
        case BbrState::kUp:
            if (!time_to_go_down(ack)) break;
            last_too_high_ = false;
            start_down(ack.now);
            break;
        default:
            break;
    }
}

bool BbrCycle::adapt_long_term(const AckSample& ack) noexcept {
    if (acks_ == Acks::kStarting && path_.round_started()) acks_ = Acks::kFeedback;
    if (acks_ == Acks::kStopping && path_.round_started() && end_of_probe()) return true;
    if (path_.too_high(ack.rate.lost, ack.rate.in_flight)) return false;
    if (!path_.inflight().bounded()) return false;
    path_.inflight().raise_long_term(ack.rate.in_flight);
    if (state_ == BbrState::kUp) probe_upward(ack);
    return false;
}

// The last packets of a probe are answered. One that stopped early for caution and lost nothing is
// followed by a full one at once (section 5.3.3.6).
bool BbrCycle::end_of_probe() noexcept {
    probe_sample_ = false;
    acks_ = Acks::kInit;
    if (!in_probe_bw(state_)) return false;
    if (!path_.limited()) path_.rate().advance();
    if (!last_precautionary_ || last_too_high_) return false;
    start_refill();
    return true;
}

void BbrCycle::probe_upward(const AckSample& ack) noexcept {
    if (!window_.limits() || window_.value() < path_.inflight().long_term()) return;
    path_.inflight().raise(ack.bytes);
    if (path_.round_started()) path_.inflight().next_slope(window_.value());
}

bool BbrCycle::time_to_probe(TimePoint now) noexcept {
    const auto packets = target_inflight() / (window_.minimum() / bbr::kMinPipePackets);
    const unsigned signs = (queue_in_cruise_ ? kQueueSigns : 0) + (last_too_high_ ? kLossSigns : 0);
    if (!clock_.due(now, packets, signs)) return false;
    start_refill();
    return true;
}

bool BbrCycle::time_to_cruise(const AckSample& ack, std::uint64_t train) const noexcept {
    if (ack.in_flight > path_.inflight().with_headroom()) return false;
    const auto bdp = path_.longest_bdp(1.0, window_.initial());
    return ack.in_flight <= window_.quantized(bdp, state_, train);
}

bool BbrCycle::time_to_go_down(const AckSample& ack) noexcept {
    const auto bound = path_.inflight().long_term();
    if (last_too_high_ && ack.in_flight >= bound) {
        last_precautionary_ = true;
        return true;
    }
    if (window_.limits() && window_.value() >= bound) {
        full_.restart(ack.rate.rate.value());
        return false;
    }
    return full_.now();
}

void BbrCycle::on_lost(const LossSample& loss) noexcept {
    if (!probe_sample_ || !path_.too_high(loss.lost_since_sent, loss.packet.in_flight)) return;
    inflight_too_high(path_.inflight_at_loss(loss), loss.packet.app_limited, loss.now);
}

void BbrCycle::on_mark(const MarkSample& mark) noexcept {
    if (probe_sample_) inflight_too_high(mark.in_flight, false, mark.now);
}

void BbrCycle::inflight_too_high(std::uint64_t in_flight, bool app_limited,
                                 TimePoint now) noexcept {
    last_too_high_ = true;
    probe_sample_ = false;
    if (!app_limited) path_.inflight().set_long_term(bound_after_loss(in_flight));
    if (state_ != BbrState::kUp) return;
    undo_state_ = BbrState::kUp;
    start_down(now);
}

// Less than what was too much, so that the next cruise leaves room, but not so little that the pipe
// would run empty, or that it falls faster than CUBIC.
std::uint64_t BbrCycle::bound_after_loss(std::uint64_t in_flight) const noexcept {
    constexpr double kRest = 1.0 - bbr::kHeadroom;
    const auto filled = path_.bdp(1.0 / kRest, window_.initial());
    return std::max({scaled(in_flight, kRest), scaled(target_inflight(), bbr::kBeta),
                     std::min(in_flight, filled)});
}

std::uint64_t BbrCycle::target_inflight() const noexcept {
    return std::min(path_.bdp(1.0, window_.initial()), window_.value());
}

void BbrCycle::check_probe_rtt(const AckSample& ack) noexcept {
    if (state_ != BbrState::kProbeRtt && path_.min_rtt().expired() && !idle_restart_)
        enter_probe_rtt();
    if (state_ == BbrState::kProbeRtt) hold_probe_rtt(ack);
    if (ack.rate.delivered > 0) idle_restart_ = false;
}

void BbrCycle::enter_probe_rtt() noexcept {
    window_.save(false);
    state_ = BbrState::kProbeRtt;
    probe_rtt_until_.reset();
    acks_ = Acks::kStopping;
    path_.start_round();
}

void BbrCycle::hold_probe_rtt(const AckSample& ack) noexcept {
    path_.mark_limited(ack.in_flight);
    if (!probe_rtt_until_) {
        if (ack.in_flight > window_.probe_rtt_window(path_)) return;
        probe_rtt_until_ = ack.now + kProbeRttTime;
        probe_rtt_round_over_ = false;
        path_.start_round();
        return;
    }
    probe_rtt_round_over_ = probe_rtt_round_over_ || path_.round_started();
    if (probe_rtt_round_over_) check_probe_rtt_done(ack.now);
}

void BbrCycle::check_probe_rtt_done(TimePoint now) noexcept {
    if (!probe_rtt_until_ || now <= *probe_rtt_until_) return;
    path_.min_rtt().probed(now);
    window_.restore();
    exit_probe_rtt();
}

// The wait for the next probe goes on from the last one: PROBE_RTT comes as often as a wait beside
// others is long, and would put every probe off.
void BbrCycle::exit_probe_rtt() noexcept {
    path_.reset_short_term();
    if (!full_.reached()) return enter_startup();
    slow_down();
    start_cruise();
}

void BbrCycle::on_restart(TimePoint now) noexcept {
    idle_restart_ = true;
    path_.aggregation().restart(now);
    if (state_ == BbrState::kProbeRtt) check_probe_rtt_done(now);
}

void BbrCycle::on_spurious_loss() noexcept {
    window_.restore();
    path_.undo();
    full_.restart(0);
    const auto before = std::exchange(undo_state_, std::nullopt);
    if (!before || *before == state_) return;
    if (*before == BbrState::kStartup) full_.set_reached(false);
    if (state_ == BbrState::kProbeRtt) return;
    if (*before == BbrState::kStartup)
        enter_startup();
    else
        start_refill();
}

}  // namespace gantry::lftp

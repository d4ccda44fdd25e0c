#include <lftp/core/congestion/bbr/path_model.h>

namespace gantry::lftp {

void PathModel::on_ack(const AckSample& ack, BbrState state, bool growing, std::uint64_t window,
                       std::uint64_t memory) noexcept {
    delivered_ = ack.rate.total_delivered;
    limited_ = ack.rate.app_limited || ack.rate.prior_delivered < limited_until_;
    queue_.add(ack.now, ack.rtt_latest);
    rate_.note_latest(ack.rate.rate.value());
    inflight_.note_latest(ack.rate.delivered);
    loss_round_ended_ = loss_round_.on_ack(ack);
    rounds_.on_ack(ack.rate);
    rate_.add(ack.rate, limited_);
    learn_loss(ack, state, growing);
    heavy_loss_ = loss_round_ended_ && loss_round_.heavy(random_, datagram_);
    if (loss_round_ended_) end_loss_round(state, window);
    aggregation_.on_ack(ack.now, ack.bytes, rate_.value(), window, rounds_.count(), memory);
}

// A round teaches when no queue stood in it and nothing was sent beyond what the path is known to
// take; in Startup, while the rate still grows with what is sent.
void PathModel::learn_loss(const AckSample& ack, BbrState state, bool growing) noexcept {
    const bool careful = state == BbrState::kStartup ? growing : state != BbrState::kUp;
    round_acked_ = saturating_add(round_acked_, ack.bytes);
    round_teaches_ = round_teaches_ && careful && !queue_may_overflow();
    if (!rounds_.started()) return;
    random_.on_round(round_acked_, round_lost_, round_teaches_);
    round_acked_ = round_lost_ = 0;
    round_teaches_ = true;
}

void PathModel::end_loss_round(BbrState state, std::uint64_t window) noexcept {
    if (!accelerates(state) && loss_round_.any() && loss_round_.congested(random_, datagram_)) {
        rate_.yield();
        inflight_.yield(window, compensated_latest());
    }
    loss_round_.begin();
}

void PathModel::end_ack(const AckSample& ack) noexcept {
    if (!loss_round_ended_) return;
    rate_.begin_latest(ack.rate.rate.value());
    inflight_.begin_latest(ack.rate.delivered);
}

bool PathModel::on_lost(const LossSample& loss) noexcept {
    round_lost_ = saturating_add(round_lost_, loss.packet.size);
    const bool first = loss_round_.on_lost(loss, queue_may_overflow());
    if (first) save();
    return first;
}

bool PathModel::on_mark(const MarkSample& mark) noexcept {
    const bool first = loss_round_.on_mark(mark.delivered);
    if (first) save();
    return first;
}

void PathModel::save() noexcept {
    undo_ = {rate_.bound(), inflight_.short_term(), inflight_.long_term()};
}

void PathModel::undo() noexcept {
    rate_.raise_bound(undo_.rate);
    inflight_.raise_short_term(undo_.short_term);
    inflight_.raise_long_term(undo_.long_term);
    loss_round_.begin();
}

std::uint64_t PathModel::bdp(double gain, std::uint64_t without) const noexcept {
    if (!min_rtt_.known()) return without;
    return scaled(bytes_in(bandwidth(), min_rtt_.value()), gain);
}

std::uint64_t PathModel::longest_bdp(double gain, std::uint64_t without) const noexcept {
    if (!min_rtt_.known()) return without;
    return scaled(bytes_in(random_.compensated(rate_.max()), min_rtt_.value()), gain);
}

bool PathModel::too_high(std::uint64_t lost, std::uint64_t sent) const noexcept {
    return random_.exceeded(lost, sent, datagram_, bbr::kLossThreshold);
}

std::uint64_t PathModel::inflight_at_loss(const LossSample& loss) const noexcept {
    const double threshold = bbr::kLossThreshold + random_.rate();
    const auto before = saturating_sub(loss.packet.in_flight, loss.packet.size);
    const auto lost = saturating_sub(loss.lost_since_sent, loss.packet.size);
    const double prefix =
        (threshold * static_cast<double>(before) - static_cast<double>(lost)) / (1.0 - threshold);
    return to_count(static_cast<double>(before) + prefix);
}

void PathModel::reset_signals() noexcept {
    loss_round_.begin();
    rate_.begin_latest(0);
    inflight_.begin_latest(0);
}

void PathModel::reset_short_term() noexcept {
    rate_.lift_bound();
    inflight_.lift_short_term();
}

void PathModel::mark_limited(std::uint64_t in_flight) noexcept {
    limited_until_ = saturating_add(delivered_, in_flight);
}

void PathModel::set_datagram(std::uint64_t datagram) noexcept {
    datagram_ = datagram;
    inflight_.set_datagram(datagram);
}

}  // namespace gantry::lftp

#include <lftp/core/congestion/bbr/bbr_state.h>
#include <lftp/core/congestion/bbr/loss_round.h>

namespace gantry::lftp {

bool LossRound::note(std::uint64_t delivered) noexcept {
    if (any()) return false;
    ends_at_ = delivered;
    return true;
}

bool LossRound::on_lost(const LossSample& loss, bool queue) noexcept {
    const bool first = note(loss.delivered);
    const bool next = ranges_ > 0 && loss.number.value() == last_lost_.value() + 1;
    if (!next) ++ranges_;
    last_lost_ = loss.number;
    lost_ = saturating_add(lost_, loss.packet.size);
    queue_ = queue_ || queue;
    return first;
}

bool LossRound::on_mark(std::uint64_t delivered) noexcept {
    const bool first = note(delivered);
    marked_ = true;
    return first;
}

bool LossRound::on_ack(const AckSample& ack) noexcept {
    acked_ = saturating_add(acked_, ack.bytes);
    if (ack.rate.prior_delivered < ends_at_) return false;
    ends_at_ = ack.rate.total_delivered;
    return true;
}

void LossRound::begin() noexcept {
    acked_ = lost_ = 0;
    ranges_ = 0;
    queue_ = marked_ = false;
}

bool LossRound::excessive() const noexcept { return lost_ > scaled(sent(), RandomLoss::kMost); }

bool LossRound::congested(const RandomLoss& random, std::uint64_t datagram) const noexcept {
    if (marked_ || excessive()) return true;
    return queue_ && random.exceeded(lost_, sent(), datagram, 0);
}

bool LossRound::heavy(const RandomLoss& random, std::uint64_t datagram) const noexcept {
    if (ranges_ < kHeavyRanges) return false;
    if (excessive()) return true;
    return queue_ && random.exceeded(lost_, sent(), datagram, bbr::kLossThreshold);
}

}  // namespace gantry::lftp

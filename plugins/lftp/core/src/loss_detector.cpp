#include <lftp/core/loss_detector.h>
#include <lftp/wire/packet_reader.h>

#include <algorithm>

namespace gantry::lftp {

void LossDetector::on_sent(SentPacket packet) {
    const std::uint64_t number = next().value();
    packet.state = packet.counts || packet.in_flight ? SentState::open : SentState::done;
    sent_.push(packet);
    if (packet.state == SentState::done) return sent_.trim();
    open_.add({number, number + 1});
    if (packet.in_flight) in_flight_ += packet.delivery.size;
    if (!packet.counts) return;
    ++counting_;
    last_counting_sent_at_ = packet.delivery.sent_at;
}

void LossDetector::leave_flight(const SentPacket& packet) noexcept {
    if (packet.in_flight) in_flight_ -= packet.delivery.size;
    if (packet.counts) --counting_;
}

Result<AckOutcome> LossDetector::on_ack(const AckFrame& ack, PacketFate& fate) {
    if (ack.largest() >= next()) return wire_error("an ack of a packet that was never sent");
    AckOutcome outcome;
    const auto largest_before = largest_acked_;
    auto ranges = ack.ranges();
    bool counted = false;
    while (const auto range = ranges.next()) {
        const Range numbers{range->first.value(), range->last.value() + 1};
        if (open_.empty() && lost_.empty()) break;
        const std::uint64_t before = counting_;
        take_acked(numbers, outcome, fate);
        counted = counted || counting_ < before;
        take_spurious(numbers, outcome, fate);
    }
    outcome.gives_sample = counted && outcome.newest == ack.largest();
    largest_acked_ = std::max(largest_before.value_or(0), ack.largest().value());
    sent_.trim();
    return outcome;
}

void LossDetector::take_acked(Range numbers, AckOutcome& outcome, PacketFate& fate) {
    parts_.clear();
    open_.for_each_in(numbers, [&](Range part) { parts_.push_back(part); });
    for (const Range part : parts_) {
        open_.remove(part);
        if (largest_acked_ && part.begin < *largest_acked_) reordering_.on_reordering();
        for (std::uint64_t n = part.begin; n < part.end; ++n) {
            SentPacket& packet = *sent_.find(n);
            leave_flight(packet);
            packet.state = SentState::done;
            if (packet.in_flight) ++outcome.packets, outcome.bytes += packet.delivery.size;
            if (!outcome.newest || outcome.newest->value() < n)
                outcome.newest = packet.number, outcome.newest_sent_at = packet.delivery.sent_at;
            fate.on_packet_acked(packet);
        }
    }
}

void LossDetector::take_spurious(Range numbers, AckOutcome& outcome, PacketFate& fate) {
    parts_.clear();
    lost_.for_each_in(numbers, [&](Range part) { parts_.push_back(part); });
    for (const Range part : parts_) {
        lost_.remove(part);
        if (part.end > spurious_end_) {
            spurious_end_ = next().value();
            reordering_.on_spurious_loss();
        }
        for (std::uint64_t n = part.begin; n < part.end; ++n) {
            SentPacket& packet = *sent_.find(n);
            packet.state = SentState::done;
            if (packet.in_flight && recovery_lost_ > 0 && --recovery_lost_ == 0)
                outcome.undo = true;
            fate.on_lost_packet_acked(packet);
        }
    }
}

bool LossDetector::is_lost(const SentPacket& packet, TimePoint now,
                           Duration patience) const noexcept {
    if (!reordering_.seen() && *largest_acked_ - packet.number.value() >= kPacketThreshold)
        return true;
    return packet.delivery.sent_at + patience <= now;
}

LossOutcome LossDetector::detect(TimePoint now, const RttEstimator& rtt, Duration probe_timeout,
                                 PacketFate& fate) {
    LossOutcome outcome;
    loss_time_ = TimePoint::max();
    if (!first_sample_at_ && rtt.has_sample()) first_sample_at_ = now;
    const Duration patience =
        std::max(rtt.latest(), rtt.smoothed()) +
        std::max(reordering_.window(rtt.minimum(), rtt.smoothed()), RttEstimator::kGranularity);
    while (!open_.empty() && largest_acked_ && open_.front().begin < *largest_acked_) {
        SentPacket& packet = *sent_.find(open_.front().begin);
        if (!is_lost(packet, now, patience)) {
            loss_time_ = packet.delivery.sent_at + patience;
            break;
        }
        take_lost(packet, now, outcome, fate);
    }
    outcome.persistent = blackout_.begun && blackout_.to - blackout_.from > 3 * probe_timeout;
    if (outcome.persistent) blackout_ = {};
    forget_old_losses(now, 2 * probe_timeout);
    return outcome;
}

void LossDetector::take_lost(SentPacket& packet, TimePoint now, LossOutcome& outcome,
                             PacketFate& fate) {
    const std::uint64_t number = packet.number.value();
    open_.remove({number, number + 1});
    leave_flight(packet);
    packet.state = SentState::lost;
    packet.lost_at = now;
    lost_.add({number, number + 1});
    if (packet.in_flight && !packet.mtu_probe) {
        ++outcome.packets;
        if (number >= recovery_end_) {
            recovery_end_ = next().value();
            recovery_lost_ = 0;
            reordering_.on_recovery();
        }
        ++recovery_lost_;
        if (packet.counts) extend_blackout(packet);
    }
    fate.on_packet_lost(packet);
}

bool LossDetector::acked_between(std::uint64_t from, std::uint64_t to) const noexcept {
    for (std::uint64_t n = from; n < to; ++n) {
        const SentPacket* packet = sent_.find(n);
        if (packet == nullptr || (packet->counts && packet->state == SentState::done)) return true;
    }
    return false;
}

void LossDetector::extend_blackout(const SentPacket& packet) noexcept {
    const std::uint64_t number = packet.number.value();
    const TimePoint sent_at = packet.delivery.sent_at;
    if (!first_sample_at_ || sent_at < *first_sample_at_) return;
    if (!blackout_.begun || acked_between(blackout_.last + 1, number))
        blackout_ = {number, sent_at, sent_at, true};
    blackout_.last = number;
    blackout_.to = sent_at;
}

void LossDetector::forget_old_losses(TimePoint now, Duration age) noexcept {
    while (!lost_.empty()) {
        const std::uint64_t number = lost_.front().begin;
        SentPacket& packet = *sent_.find(number);
        if (packet.lost_at + age > now && !sent_.full()) break;
        packet.state = SentState::done;
        packet.counts = false;
        lost_.remove({number, number + 1});
    }
    sent_.trim();
}

const SentPacket* LossDetector::oldest_open() const noexcept {
    for (const Range range : open_.ranges())
        for (std::uint64_t n = range.begin; n < range.end; ++n)
            if (sent_.find(n)->counts) return sent_.find(n);
    return nullptr;
}

void LossDetector::give_up(PacketFate& fate) {
    for (const Range range : open_.ranges())
        for (std::uint64_t n = range.begin; n < range.end; ++n) fate.on_packet_lost(*sent_.find(n));
    abandon();
}

void LossDetector::abandon() noexcept {
    for (const Range range : open_.ranges())
        for (std::uint64_t n = range.begin; n < range.end; ++n)
            sent_.find(n)->state = SentState::done;
    for (const Range range : lost_.ranges())
        for (std::uint64_t n = range.begin; n < range.end; ++n)
            sent_.find(n)->state = SentState::done;
    open_.clear();
    lost_.clear();
    in_flight_ = counting_ = 0;
    loss_time_ = TimePoint::max();
    sent_.trim();
}

}  // namespace gantry::lftp

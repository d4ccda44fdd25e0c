#include <lftp/core/acknowledger.h>

#include <algorithm>

namespace gantry::lftp {

void Acknowledger::count_mark(EcnMark mark) noexcept {
    if (mark == EcnMark::ect0) ++ecn_.ect0;
    if (mark == EcnMark::ect1) ++ecn_.ect1;
    if (mark == EcnMark::ce) ++ecn_.ce;
}

bool Acknowledger::shows_reordering(PacketNumber number,
                                    const ReceivedPackets::Arrival& arrival) noexcept {
    if (terms_.reordering == 0) return false;
    if (arrival.late) return true;
    const auto missing = received_.missing_from(told_below_);
    return missing && number.value() - missing->value() >= terms_.reordering;
}

void Acknowledger::on_packet(PacketNumber number, bool counts, EcnMark mark, TimePoint now) {
    const auto arrival = received_.add(number);
    if (arrival.duplicate) return;
    count_mark(mark);
    if (!arrival.late) largest_at_ = now;
    news_ = true;
    const bool newly_marked = mark == EcnMark::ce && !last_was_ce_;
    last_was_ce_ = mark == EcnMark::ce;
    if (!counts) return;
    if (waiting_++ == 0) deadline_ = now + terms_.delay;
    at_once_ = at_once_ || newly_marked || waiting_ >= terms_.threshold ||
               shows_reordering(number, arrival);
}

bool Acknowledger::write(ByteWriter& writer, TimePoint now, std::size_t room) {
    if (received_.empty()) return false;
    const auto ranges = received_.to_report();
    const auto ecn = ecn_ == EcnCounts() ? std::nullopt : std::optional(ecn_);
    const std::size_t written =
        encode_ack(writer, ranges, now - largest_at_, ecn, std::min(room, writer.room()));
    if (written == 0) return false;
    received_.reported(written);
    news_ = at_once_ = false;
    waiting_ = 0;
    deadline_ = TimePoint::max();
    const std::uint64_t expected = received_.expected().value();
    told_below_ = PacketNumber(expected > terms_.reordering ? expected - terms_.reordering : 0);
    return true;
}

}  // namespace gantry::lftp

#pragma once

#include <gantry/core/clock.h>
#include <lftp/core/received_packets.h>

namespace gantry::lftp {

// The mark of a datagram's IP header (RFC 3168).
enum class EcnMark : std::uint8_t { none, ect0, ect1, ce };

// When the peer wants acks (docs/protocols/rudp.md section 6).
struct AckTerms {
    std::uint64_t threshold = 10;  // this many packets that count are acknowledged at once
    Duration delay = std::chrono::milliseconds(25);
    std::uint64_t reordering = 1;
};

// What a side acknowledges of one space of packets, and when.
class Acknowledger {
  public:
    explicit Acknowledger(AckTerms terms = {}) : terms_(terms) {}

    void set_terms(const AckTerms& terms) noexcept { terms_ = terms; }
    // The first packet will have that number, or one near to it.
    void expect(PacketNumber first) noexcept { first_ = first; }
    // For numbers of the wire: see expanded().
    PacketNumber expected() const noexcept {
        return received_.empty() ? first_ : received_.expected();
    }
    bool is_duplicate(PacketNumber number) const noexcept { return received_.contains(number); }
    // A packet was opened and is no duplicate. `counts`: it has a frame that counts for acks.
    void on_packet(PacketNumber number, bool counts, EcnMark mark, TimePoint now);
    void ask_at_once() noexcept { at_once_ = waiting_ > 0 || at_once_; }  // immediate_ack

    // Whether an ack should go out now, by itself if need be.
    bool due(TimePoint now) const noexcept { return at_once_ || now >= deadline_; }
    // When it is due for its delay; TimePoint::max() when none waits.
    TimePoint deadline() const noexcept { return at_once_ ? TimePoint::min() : deadline_; }
    // Whether something was received since the last ack, so that it is worth to add one.
    bool has_news() const noexcept { return news_; }

    // Writes an ack into at most `room` bytes; false when there is no room, or nothing to say.
    bool write(ByteWriter& writer, TimePoint now, std::size_t room);
    const EcnCounts& ecn() const noexcept { return ecn_; }

  private:
    void count_mark(EcnMark mark) noexcept;
    bool shows_reordering(PacketNumber number, const ReceivedPackets::Arrival& arrival) noexcept;

    AckTerms terms_;
    PacketNumber first_;
    ReceivedPackets received_;
    EcnCounts ecn_;
    TimePoint largest_at_;
    bool last_was_ce_ = false;
    bool news_ = false;
    bool at_once_ = false;
    std::uint64_t waiting_ = 0;  // packets that count since the last ack
    TimePoint deadline_ = TimePoint::max();
    PacketNumber told_below_;  // gaps below were told
};

}  // namespace gantry::lftp

#pragma once

#include <lftp/wire/ack_frame.h>

#include <optional>
#include <span>
#include <vector>

namespace gantry::lftp {

// Which packets of one space have come (docs/protocols/rudp.md section 6). Holds at most
// limits::kMaxTrackedRanges ranges; what lies below the oldest of them counts as received.
// Allocates only when it is made.
class ReceivedPackets {
  public:
    // How a packet came.
    struct Arrival {
        bool duplicate = false;
        bool late = false;  // a larger number was there before
        bool gap = false;   // the number right below it is missing
    };

    ReceivedPackets();

    Arrival add(PacketNumber number);
    bool contains(PacketNumber number) const noexcept;
    bool empty() const noexcept { return entries_.empty(); }
    // One above the largest, or 0.
    PacketNumber expected() const noexcept;
    // The smallest number from `from` on, and below the largest, that has not come.
    std::optional<PacketNumber> missing_from(PacketNumber from) const noexcept;

    // What an ack should say, the largest numbers first: at most limits::kMaxReportedRanges,
    // without those that were reported limits::kMaxReports times since they changed. The newest is
    // always there. Borrowed until the next call.
    std::span<const PacketRange> to_report();
    // An ack went out with the first `count` of them. Before anything else was added.
    void reported(std::size_t count);

  private:
    struct Entry {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        unsigned reports = 0;  // since it changed
    };
    using Entries = std::vector<Entry>;
    void insert(Entries::iterator at, std::uint64_t number);

    Entries entries_;  // in order; none touches the next
    std::uint64_t floor_ = 0;
    std::vector<PacketRange> answer_;
    std::vector<std::size_t> answered_;  // the entries of answer_
};

}  // namespace gantry::lftp

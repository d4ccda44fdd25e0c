#include <lftp/core/limits.h>
#include <lftp/core/received_packets.h>

#include <algorithm>

namespace gantry::lftp {

ReceivedPackets::ReceivedPackets() {
    entries_.reserve(limits::kMaxTrackedRanges + 1);
    answer_.reserve(limits::kMaxReportedRanges);
    answered_.reserve(limits::kMaxReportedRanges);
}

ReceivedPackets::Arrival ReceivedPackets::add(PacketNumber number) {
    const std::uint64_t n = number.value();
    Arrival out;
    out.duplicate = contains(number);
    if (out.duplicate) return out;
    out.late = n < expected().value();
    out.gap = n > 0 && !contains(PacketNumber(n - 1));
    insert(std::partition_point(entries_.begin(), entries_.end(),
                                [&](const Entry& e) { return e.end < n; }),
           n);
    if (entries_.size() > limits::kMaxTrackedRanges) {
        entries_.erase(entries_.begin());
        floor_ = entries_.front().begin;
    }
    return out;
}

// `at`: the first entry that ends at `number` or behind it.
void ReceivedPackets::insert(Entries::iterator at, std::uint64_t number) {
    if (at == entries_.end() || (at->end != number && at->begin != number + 1))
        return void(entries_.insert(at, {number, number + 1, 0}));
    at->reports = 0;
    if (at->begin == number + 1) return void(at->begin = number);
    at->end = number + 1;
    const auto above = std::next(at);
    if (above == entries_.end() || above->begin != at->end) return;
    at->end = above->end;
    entries_.erase(above);
}

bool ReceivedPackets::contains(PacketNumber number) const noexcept {
    const std::uint64_t n = number.value();
    if (n < floor_ || n >= expected().value()) return n < floor_;
    const auto at = std::partition_point(entries_.begin(), entries_.end(),
                                         [&](const Entry& e) { return e.end <= n; });
    return at != entries_.end() && at->begin <= n;
}

PacketNumber ReceivedPackets::expected() const noexcept {
    return PacketNumber(entries_.empty() ? 0 : entries_.back().end);
}

std::optional<PacketNumber> ReceivedPackets::missing_from(PacketNumber from) const noexcept {
    const std::uint64_t n = std::max(from.value(), floor_);
    const auto at = std::partition_point(entries_.begin(), entries_.end(),
                                         [&](const Entry& e) { return e.end <= n; });
    if (at == entries_.end()) return std::nullopt;
    if (n < at->begin) return PacketNumber(n);
    if (std::next(at) == entries_.end()) return std::nullopt;
    return PacketNumber(at->end);
}

std::span<const PacketRange> ReceivedPackets::to_report() {
    answer_.clear();
    answered_.clear();
    for (std::size_t i = entries_.size(); i > 0; --i) {
        const Entry& entry = entries_[i - 1];
        if (answer_.size() == limits::kMaxReportedRanges) break;
        if (!answer_.empty() && entry.reports >= limits::kMaxReports) continue;
        answer_.push_back({PacketNumber(entry.begin), PacketNumber(entry.end - 1)});
        answered_.push_back(i - 1);
    }
    return answer_;
}

void ReceivedPackets::reported(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) ++entries_[answered_[i]].reports;
}

}  // namespace gantry::lftp

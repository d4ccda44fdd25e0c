#include <lftp/core/range_set.h>

namespace gantry::lftp {

RangeSet::Ranges::const_iterator RangeSet::at_or_behind(std::uint64_t number) const noexcept {
    return std::partition_point(ranges_.begin(), ranges_.end(),
                                [&](const Range& r) { return r.end <= number; });
}

void RangeSet::add(Range range) {
    if (range.empty()) return;
    if (ranges_.empty() || range.begin > ranges_.back().end) return ranges_.push_back(range);
    if (range.begin >= ranges_.back().begin) {
        ranges_.back().end = std::max(ranges_.back().end, range.end);
        return;
    }
    const auto first = std::partition_point(ranges_.begin(), ranges_.end(),
                                            [&](const Range& r) { return r.end < range.begin; });
    const auto last = std::partition_point(first, ranges_.end(),
                                           [&](const Range& r) { return r.begin <= range.end; });
    if (first == last) return void(ranges_.insert(first, range));
    first->begin = std::min(first->begin, range.begin);
    first->end = std::max(std::prev(last)->end, range.end);
    ranges_.erase(std::next(first), last);
}

void RangeSet::remove(Range range) {
    if (range.empty()) return;
    auto first = ranges_.begin() + (at_or_behind(range.begin) - ranges_.cbegin());
    if (first == ranges_.end() || first->begin >= range.end) return;
    if (first->begin < range.begin) {
        const Range whole = *first;
        first->end = range.begin;
        ++first;
        if (whole.end > range.end) return void(ranges_.insert(first, {range.end, whole.end}));
    }
    const auto last = std::partition_point(first, ranges_.end(),
                                           [&](const Range& r) { return r.end <= range.end; });
    if (last != ranges_.end()) last->begin = std::max(last->begin, range.end);
    ranges_.erase(first, last);
}

bool RangeSet::contains(Range range) const noexcept {
    const auto at = at_or_behind(range.begin);
    return at != ranges_.end() && at->begin <= range.begin && at->end >= range.end;
}

std::uint64_t RangeSet::total() const noexcept {
    std::uint64_t sum = 0;
    for (const auto& range : ranges_) sum += range.size();
    return sum;
}

}  // namespace gantry::lftp

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace gantry::lftp {

// The numbers from `begin` on and below `end`.
struct Range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;

    std::uint64_t size() const noexcept { return end > begin ? end - begin : 0; }
    bool empty() const noexcept { return end <= begin; }
    bool operator==(const Range&) const = default;
};
constexpr Range common(Range a, Range b) noexcept {
    return {std::max(a.begin, b.begin), std::min(a.end, b.end)};
}

// A set of numbers, kept as ranges that do not touch, in order. To add behind the last range costs
// nothing, and so does to take from its front; elsewhere it costs a search, and a move of what is
// behind it. Memory is kept for later.
class RangeSet {
  public:
    bool empty() const noexcept { return ranges_.empty(); }
    std::span<const Range> ranges() const noexcept { return ranges_; }
    // Of a set that is not empty.
    const Range& front() const noexcept { return ranges_.front(); }
    const Range& back() const noexcept { return ranges_.back(); }

    void reserve(std::size_t ranges) { ranges_.reserve(ranges); }
    void clear() noexcept { ranges_.clear(); }
    void add(Range range);
    void remove(Range range);
    void drop_front() { ranges_.erase(ranges_.begin()); }

    bool contains(std::uint64_t number) const noexcept { return contains({number, number + 1}); }
    bool contains(Range range) const noexcept;
    std::uint64_t total() const noexcept;  // how many numbers

    // Calls `visit(Range)` for each part of `within` that is in the set, in order. It must not
    // change the set.
    template <class Visit>
    void for_each_in(Range within, Visit&& visit) const {
        for (auto i = at_or_behind(within.begin); i != ranges_.end() && i->begin < within.end; ++i)
            if (const Range part = common(*i, within); !part.empty()) visit(part);
    }
    // The same for each part that is not in the set.
    template <class Visit>
    void for_each_gap(Range within, Visit&& visit) const {
        std::uint64_t from = within.begin;
        for_each_in(within, [&](Range part) {
            if (part.begin > from) visit(Range{from, part.begin});
            from = part.end;
        });
        if (from < within.end) visit(Range{from, within.end});
    }

  private:
    using Ranges = std::vector<Range>;
    // The first range that ends behind `number`.
    Ranges::const_iterator at_or_behind(std::uint64_t number) const noexcept;

    Ranges ranges_;
};

}  // namespace gantry::lftp

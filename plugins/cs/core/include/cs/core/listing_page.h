#pragma once

#include <cs/core/limits.h>
#include <cs/wire/listing_messages.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::cs {

// The order of a page: component by component, by bytes (docs/protocols/cs.md, "Pages").
bool path_before(std::string_view a, std::string_view b) noexcept;

// Where a page ended, as the client carries it to the next request.
std::string make_cursor(std::string_view last_path);
// The path in it. ErrorCode::usage when this server cannot have given it.
Result<std::string> read_cursor(std::string_view cursor);

// Picks the first entries behind a path out of a folder that is told in any order, and never holds
// more than its limits.
class ListingPage {
  public:
    // `count` above limits::kMaxPage is taken for that.
    ListingPage(std::string after, std::uint64_t count);

    void add(ListingEntry entry);
    // Once all have been added: the next entries, at most `most`, in order.
    std::vector<ListingEntry> take(std::size_t most);
    bool empty() const noexcept { return entries_.empty(); }
    // To go on behind the last entry; empty when none was left out. Before the first take().
    std::string cursor() const;

  private:
    struct Before {
        using is_transparent = void;
        bool operator()(const ListingEntry& a, const ListingEntry& b) const {
            return path_before(a.name, b.name);
        }
    };
    void drop_last();

    std::string after_;
    std::uint64_t count_;
    std::size_t bytes_ = 0;
    std::set<ListingEntry, Before> entries_;
    std::optional<std::string> left_out_;  // the first one; what is behind it stays out too
};

}  // namespace gantry::cs

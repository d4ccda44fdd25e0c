#include <cs/core/listing_page.h>

#include <algorithm>
#include <optional>

namespace gantry::cs {

namespace {

constexpr char kCursorForm = 1;

// '/' comes before every other byte.
int rank(char c) noexcept { return c == '/' ? -1 : static_cast<unsigned char>(c); }

}  // namespace

bool path_before(std::string_view a, std::string_view b) noexcept {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](char x, char y) { return rank(x) < rank(y); });
}

std::string make_cursor(std::string_view last_path) {
    return std::string(1, kCursorForm).append(last_path);
}

Result<std::string> read_cursor(std::string_view cursor) {
    if (cursor.size() < 2 || cursor.front() != kCursorForm)
        return make_error(ErrorCode::usage, "cs", "the cursor is not one of this server");
    return std::string(cursor.substr(1));
}

ListingPage::ListingPage(std::string after, std::uint64_t count)
    : after_(std::move(after)), count_(std::min<std::uint64_t>(count, limits::kMaxPage)) {}

void ListingPage::add(ListingEntry entry) {
    if (!after_.empty() && !path_before(after_, entry.name)) return;
    if (left_out_ && !path_before(entry.name, *left_out_)) return;
    bytes_ += entry.name.size();
    const auto [at, added] = entries_.insert(std::move(entry));
    if (!added) bytes_ -= at->name.size();  // a folder that changes may tell a name twice
    while (entries_.size() > count_ || (bytes_ > limits::kMaxPageNames && entries_.size() > 1))
        drop_last();
}

void ListingPage::drop_last() {
    auto last = entries_.extract(std::prev(entries_.end()));
    bytes_ -= last.value().name.size();
    left_out_ = std::move(last.value().name);
}

std::vector<ListingEntry> ListingPage::take(std::size_t most) {
    std::vector<ListingEntry> out;
    while (!entries_.empty() && out.size() < most)
        out.push_back(std::move(entries_.extract(entries_.begin()).value()));
    return out;
}

std::string ListingPage::cursor() const {
    if (!left_out_ || entries_.empty()) return {};
    return make_cursor(entries_.rbegin()->name);
}

}  // namespace gantry::cs

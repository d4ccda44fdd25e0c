#include <cs/net/limits.h>
#include <cs/net/page_reader.h>

namespace gantry::cs {

Result<std::unique_ptr<EntryReader>> PageReader::open(std::unique_ptr<EntryReader> all,
                                                      const ListingRequest& request) {
    std::string after;
    if (!request.cursor.empty()) {
        auto path = read_cursor(request.cursor);
        if (!path) return std::move(path).error();
        after = std::move(*path);
    }
    const auto count = request.count == 0 ? limits::kMaxPage : request.count;
    return std::unique_ptr<EntryReader>(
        new PageReader(std::move(all), ListingPage(std::move(after), count)));
}

Result<std::vector<ListingEntry>> PageReader::read_step() {
    if (!all_->complete()) {
        if (auto read = read_all_step(); !read) return std::move(read).error();
        if (all_->complete()) cursor_ = page_.cursor();
        return std::vector<ListingEntry>();
    }
    auto entries = page_.take(limits::kEntriesPerStep);
    total_ += entries.size();
    return entries;
}

Result<void> PageReader::read_all_step() {
    for (std::size_t names = 0; !all_->complete() && names < limits::kNamesPerStep;
         names += limits::kEntriesPerStep) {
        auto part = all_->read_step();
        if (!part) return std::move(part).error();
        for (auto& entry : *part) page_.add(std::move(entry));
    }
    return {};
}

}  // namespace gantry::cs

#include <cs/net/listing_collector.h>

#include <algorithm>
#include <iterator>

namespace gantry::cs {

void ListingCollector::entries(std::vector<ListingEntry> part) {
    if (over_) return;
    if (listing_.entries.size() + part.size() > limit_) {
        over_ = true;
        return finish(
            make_error(ErrorCode::limit, "cs",
                       "the listing has more than " + std::to_string(limit_) + " entries"));
    }
    std::move(part.begin(), part.end(), std::back_inserter(listing_.entries));
}

void ListingCollector::listing_ended(const ListingEnd& end) {
    if (over_) return;
    listing_.skipped = end.skipped;
    listing_.cursor = end.cursor;
    std::sort(listing_.entries.begin(), listing_.entries.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    finish(std::move(listing_));
}

void ListingCollector::failed(Error error, ErrorDetail) { finish(std::move(error)); }

void ListingCollector::finish(Result<CollectedListing> outcome) {
    auto done = std::move(done_);
    (void)done(std::move(outcome));
}

}  // namespace gantry::cs

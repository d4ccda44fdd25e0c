#pragma once

#include <cs/net/answer_handler.h>
#include <cs/net/limits.h>

#include <vector>

namespace gantry::cs {

struct CollectedListing {
    std::vector<ListingEntry> entries;  // by name
    std::uint64_t skipped = 0;          // folders that the server could not read
    std::string cursor;                 // of a page that is not the last
};

// Gathers a whole listing, up to limits::kMaxListed entries; then ErrorCode::limit.
class ListingCollector : public AnswerHandler {
  public:
    using Done = Callback<Result<CollectedListing>>;
    explicit ListingCollector(Done done, std::size_t limit = limits::kMaxListed)
        : done_(std::move(done)), limit_(limit) {}

    void entries(std::vector<ListingEntry> part) override;
    void listing_ended(const ListingEnd& end) override;
    void failed(Error error, ErrorDetail detail) override;

  private:
    void finish(Result<CollectedListing> outcome);

    Done done_;
    std::size_t limit_;
    bool over_ = false;
    CollectedListing listing_;
};

}  // namespace gantry::cs

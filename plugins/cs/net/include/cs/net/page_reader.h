#pragma once

#include <cs/core/listing_page.h>
#include <cs/net/entry_reader.h>

#include <memory>

namespace gantry::cs {

// One page of a listing (docs/protocols/cs.md, "Pages"): reads all of it, and tells the first
// entries behind the cursor, in order.
class PageReader final : public EntryReader {
  public:
    // ErrorCode::usage for a cursor that is not this server's.
    static Result<std::unique_ptr<EntryReader>> open(std::unique_ptr<EntryReader> all,
                                                     const ListingRequest& request);
    // No entries while it still reads.
    Result<std::vector<ListingEntry>> read_step() override;
    bool complete() const noexcept override { return all_->complete() && page_.empty(); }
    ListingEnd end() const noexcept override { return {total_, all_->end().skipped, cursor_}; }

  private:
    PageReader(std::unique_ptr<EntryReader> all, ListingPage page)
        : all_(std::move(all)), page_(std::move(page)) {}
    Result<void> read_all_step();

    std::unique_ptr<EntryReader> all_;
    ListingPage page_;
    std::string cursor_;
    std::uint64_t total_ = 0;
};

}  // namespace gantry::cs

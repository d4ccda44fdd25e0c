#pragma once

#include <cs/wire/listing_messages.h>
#include <gantry/core/result.h>

#include <vector>

namespace gantry::cs {

// The blocking half of a listing: entries in steps, for one thread at a time.
class EntryReader {
  public:
    virtual ~EntryReader() = default;
    // The next entries, at most limits::kEntriesPerStep. An Error ends the listing.
    virtual Result<std::vector<ListingEntry>> read_step() = 0;
    virtual bool complete() const noexcept = 0;
    virtual ListingEnd end() const noexcept = 0;  // when complete()
};

}  // namespace gantry::cs

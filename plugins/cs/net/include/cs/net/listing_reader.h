#pragma once

#include <cs/net/entry_reader.h>
#include <gantry/storage/file_store.h>
#include <gantry/storage/glob.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::cs {

// What a listing tells of a name.
ListingEntry make_entry(std::string name, const FileStatus& status);

// Opens what a request asks for: a page when it has a count or a cursor, else all.
Result<std::unique_ptr<EntryReader>> open_listing(FileStore& store, const ListingRequest& request);

// A folder, or one file, in the store's own order, in bounded memory. A step looks at no more than
// limits::kNamesPerStep names, of which none may fit.
class ListingReader final : public EntryReader {
  public:
    static Result<std::unique_ptr<EntryReader>> open(FileStore& store,
                                                     const ListingRequest& request);
    Result<std::vector<ListingEntry>> read_step() override;
    bool complete() const noexcept override { return complete_; }
    ListingEnd end() const noexcept override { return {total_, skipped_}; }

  private:
    explicit ListingReader(const ListingRequest& request) : only_(request.only) {}
    bool wanted(const ListingEntry& entry) const;

    std::optional<Glob> glob_;
    std::optional<EntryType> only_;
    std::unique_ptr<Listing> listing_;  // null: one file was listed
    std::optional<ListingEntry> single_;
    bool complete_ = false;
    std::uint64_t total_ = 0;
    std::uint64_t skipped_ = 0;
};

}  // namespace gantry::cs

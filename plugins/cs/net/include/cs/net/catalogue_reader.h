#pragma once

#include <cs/net/entry_reader.h>
#include <cs/net/limits.h>
#include <gantry/storage/file_store.h>

#include <memory>
#include <string>

namespace gantry::cs {

// Walks a store in the order of the classic wire: the files of a folder first and then its folders,
// each in byte order. It tells regular files whose path that wire can carry; the rest counts as
// skipped. It holds the names of one folder and of the folders not walked yet: ErrorCode::limit
// when those are more than `max_names`.
class CatalogueReader final : public EntryReader {
  public:
    static Result<std::unique_ptr<EntryReader>> open(
        FileStore& store, std::size_t max_names = limits::kMaxCatalogueNames);
    Result<std::vector<ListingEntry>> read_step() override;
    bool complete() const noexcept override { return files_.empty() && folders_.empty(); }
    ListingEnd end() const noexcept override { return {total_, skipped_}; }

  private:
    CatalogueReader(FileStore& store, std::size_t max_names)
        : store_(store), max_names_(max_names) {}
    Result<void> walk(const std::string& folder);
    void take(const FolderEntry& entry, const std::string& folder,
              std::vector<std::string>& folders);

    FileStore& store_;
    std::size_t max_names_;
    std::vector<std::string> files_;    // of the folder last walked, the next one at the back
    std::vector<std::string> folders_;  // to walk, the next one at the back
    std::uint64_t total_ = 0;
    std::uint64_t skipped_ = 0;
};

}  // namespace gantry::cs

#pragma once

#include "descriptor.h"

#include <gantry/storage/file_store.h>

#include <dirent.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::host::storage {

// Walks a folder depth first: a folder comes before what is in it. Holds one open folder for each
// level it is in.
class FolderListing final : public Listing {
  public:
    // `folder` is open for reading; `path` is for errors.
    static Result<std::unique_ptr<Listing>> start(Descriptor folder, std::string path,
                                                  bool recursive);
    explicit FolderListing(bool recursive, std::string path);
    ~FolderListing() override;

    Result<std::optional<FolderEntry>> next() override;

  private:
    struct Level {
        std::unique_ptr<DIR, int (*)(DIR*)> folder;
        std::string prefix;  // of the names in it: "" or "a/b/"
    };

    Result<void> enter(Descriptor folder, std::string prefix);
    Result<void> enter_pending();
    Result<std::optional<FolderEntry>> read_entry(Level& level);
    Result<std::optional<FolderEntry>> accept(const Level& level, std::string_view name);
    std::string whole(std::string_view name) const;

    bool recursive_;
    std::string path_;
    std::vector<Level> levels_;
    std::string pending_;  // a folder's name that was told and is entered next
};

}  // namespace gantry::host::storage

#pragma once

#include <cs/wire/listing_messages.h>

#include <string>
#include <vector>

namespace gantry::cs {

// What a listing request means to the catalogue of a classic server, which always has all files:
// picks what lies below the path that was asked for. Entries have no size and no time.
class CatalogueView {
  public:
    explicit CatalogueView(const ListingRequest& request);
    // The entries that these paths of the catalogue add. A folder is told once, as long as its
    // files stand together.
    std::vector<ListingEntry> add(const std::vector<std::string>& paths);
    // Whether what was asked for is there: a folder exists when it has files.
    bool found() const noexcept { return found_; }

  private:
    std::string folder_;  // with its '/'; empty: the root
    std::string file_;    // the path when it may be a file
    bool recursive_;
    std::string last_folder_;
    bool found_;
};

}  // namespace gantry::cs

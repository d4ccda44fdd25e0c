#pragma once

#include <gantry/core/result.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// Whether a line may be written down: not one that starts with a blank, and none that may hold a
// secret (an option such as --password or --key with a value, a variable named so, or a URL with a
// password in it).
bool may_be_kept(std::string_view line);

// The lines that were typed, in a file of the person's own (mode 0600). Several shells may write to
// it at once: each line is one append.
class HistoryFile {
  public:
    // Nothing is kept with an empty path or a `most` of 0.
    HistoryFile(std::filesystem::path file, std::size_t most);
    // The last `most` lines, the oldest first. A file that has grown to more than twice that is
    // shortened. An unreadable file is no lines.
    std::vector<std::string> load();
    // Answers whether the line may be offered again (may_be_kept).
    bool add(std::string_view line);

  private:
    std::filesystem::path file_;
    std::size_t most_;
};

}  // namespace gantry::host

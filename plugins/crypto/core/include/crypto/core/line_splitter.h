#pragma once

#include <gantry/core/units.h>

#include <optional>
#include <string>

namespace gantry::crypto {

// Cuts a text that comes in parts into its lines, and holds no more than one of them.
class LineSplitter {
  public:
    static constexpr std::size_t kMaxLine = 16 * 1024;

    void feed(ByteView bytes);
    // No more is fed: what is left is a line without a line feed.
    void finish() noexcept { finished_ = true; }
    // The next line without its line feed; nothing when more is needed, or all is done. A line that
    // is longer than kMaxLine comes as its first bytes, kMaxLine + 1 of them.
    std::optional<std::string> next();

  private:
    bool skip();

    std::string text_;
    std::size_t used_ = 0;  // of the text
    bool finished_ = false;
    bool skipping_ = false;  // the rest of a line that was too long
};

}  // namespace gantry::crypto

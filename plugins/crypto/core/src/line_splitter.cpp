#include <crypto/core/line_splitter.h>

#include <algorithm>

namespace gantry::crypto {

void LineSplitter::feed(ByteView bytes) {
    text_.erase(0, used_);
    used_ = 0;
    text_ += as_text(bytes);
}

std::optional<std::string> LineSplitter::next() {
    if (skipping_ && !skip()) return std::nullopt;
    const auto end = text_.find('\n', used_);
    const bool whole = end != std::string::npos;
    const auto size = (whole ? end : text_.size()) - used_;
    const bool too_long = !whole && size > kMaxLine;
    if (!whole && !too_long && (!finished_ || size == 0)) return std::nullopt;
    auto line = text_.substr(used_, std::min(size, kMaxLine + 1));
    used_ += whole ? size + 1 : size;
    skipping_ = too_long;
    return line;
}

// Drops the rest of a line; whether its end was there.
bool LineSplitter::skip() {
    const auto end = text_.find('\n', used_);
    skipping_ = end == std::string::npos;
    used_ = skipping_ ? text_.size() : end + 1;
    return !skipping_;
}

}  // namespace gantry::crypto

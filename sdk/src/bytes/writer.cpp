#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry {

ByteWriter& ByteWriter::bytes(ByteView v) noexcept {
    if (overflow_ || v.size() > room()) {
        overflow_ = true;
        return *this;
    }
    std::ranges::copy(v, buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += v.size();
    return *this;
}

}  // namespace gantry

#include <gantry/net/send_copy.h>

#include <algorithm>
#include <array>

namespace gantry {

Result<std::size_t> send_copy(Stream& to, File& file, std::uint64_t offset, std::size_t count) {
    std::array<std::byte, 64 * 1024> copy;
    std::size_t sent = 0;
    while (sent < count) {
        const ByteSpan into = ByteSpan(copy).first(std::min(count - sent, copy.size()));
        auto got = file.read_at(offset + sent, std::span(&into, 1));
        if (!got) return std::move(got).error();
        if (*got == 0) break;
        const ByteView from = into.first(*got);
        auto wrote = to.write(std::span(&from, 1));
        if (!wrote) return std::move(wrote).error();
        sent += *wrote;
        if (*wrote < from.size()) return sent;
    }
    if (sent == 0 && count > 0)
        return make_error(ErrorCode::range, "net", "the file ends before the offset");
    return sent;
}

}  // namespace gantry

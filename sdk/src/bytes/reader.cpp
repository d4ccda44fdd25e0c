#include <gantry/bytes/reader.h>

namespace gantry {

Result<ByteView> ByteReader::bytes(std::size_t count) noexcept {
    if (count > rest_.size()) return short_read(count);
    const auto taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
}

Result<std::string_view> ByteReader::text(std::size_t count) noexcept {
    auto taken = bytes(count);
    if (!taken) return std::move(taken).error();
    return as_text(*taken);
}

Error ByteReader::short_read(std::size_t wanted) const {
    return make_error(ErrorCode::range, "bytes",
                      std::to_string(wanted) + " bytes are needed and " +
                          std::to_string(rest_.size()) + " are left");
}

}  // namespace gantry

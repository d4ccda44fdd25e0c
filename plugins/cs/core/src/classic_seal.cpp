#include <cs/core/classic_seal.h>

#include <algorithm>

namespace gantry::cs {

namespace {

Error damaged() {
    return make_error(ErrorCode::integrity, "cs",
                      "a packet arrived damaged: its padding is not what it should be");
}

// What `count` bytes become: at least one byte of padding.
std::size_t padded(std::size_t count) {
    return (count / BlockTransform::kBlock + 1) * BlockTransform::kBlock;
}

}  // namespace

Result<Bytes> classic_seal(BlockTransform& cipher, ByteView plain) {
    Bytes out(plain.begin(), plain.end());
    out.resize(padded(plain.size()));
    if (auto done = cipher.encrypt(out); !done) return std::move(done).error();
    return out;
}

Result<Bytes> classic_open(BlockTransform& cipher, ByteView sealed, std::size_t count) {
    if (sealed.size() != padded(count)) return damaged();
    Bytes out(sealed.begin(), sealed.end());
    if (auto done = cipher.decrypt(out); !done) return std::move(done).error();
    const auto padding = out.begin() + static_cast<std::ptrdiff_t>(count);
    const auto is_nul = [](std::byte b) { return b == std::byte{0}; };
    if (!std::all_of(padding, out.end(), is_nul)) return damaged();
    out.resize(count);
    return out;
}

}  // namespace gantry::cs

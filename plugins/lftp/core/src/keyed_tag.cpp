#include <lftp/core/keyed_tag.h>

#include <algorithm>

namespace gantry::lftp {

Result<KeyedTag> KeyedTag::make(KdfService& kdf, ByteView key) {
    auto hmac = kdf.hmac(DigestAlgorithm::sha256, key);
    if (!hmac) return std::move(hmac).error();
    return KeyedTag(std::move(*hmac));
}

KeyedTag::Tag KeyedTag::of(ByteView bytes) const {
    hmac_->update(bytes);
    const auto whole = hmac_->finish();
    Tag tag{};
    std::copy_n(whole.begin(), tag.size(), tag.begin());
    return tag;
}

}  // namespace gantry::lftp

#include <cs/core/seal_key.h>
#include <gantry/bytes/writer.h>

#include <algorithm>

namespace gantry::cs {

namespace {

template <std::size_t size>
std::array<std::byte, size> to_array(const Secret& secret) {
    std::array<std::byte, size> out{};
    std::ranges::copy(secret.view().first(size), out.begin());
    return out;
}

void append(Bytes& to, ByteView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

}  // namespace

AeadNonce seal_nonce(SealKind kind, std::uint64_t number) {
    AeadNonce nonce{};
    ByteWriter(nonce).u16(0).u8(0).u64(number).u8(static_cast<std::uint8_t>(kind));
    return nonce;
}

SealKey::SealKey(std::shared_ptr<const SealServices> services, NamedKey base)
    : services_(std::move(services)),
      identity_("psk:" + base.identity),
      base_(std::move(base.key)) {}

Result<std::shared_ptr<const SealKey>> SealKey::make(std::shared_ptr<const SealServices> services,
                                                     NamedKey base) {
    std::shared_ptr<SealKey> made(new SealKey(std::move(services), std::move(base)));
    auto id = made->derive("key id", {}, {}, limits::kSealKeyId);
    if (!id) return std::move(id).error();
    made->id_ = to_array<limits::kSealKeyId>(*id);
    return std::shared_ptr<const SealKey>(std::move(made));
}

// `of`: what the key is for besides its label, each as its SHA-256.
Result<Secret> SealKey::derive(std::string_view label, ByteView salt,
                               std::initializer_list<ByteView> of, std::size_t size) const {
    auto digest = services_->digests->create(DigestAlgorithm::sha256);
    if (!digest) return std::move(digest).error();
    Bytes info;
    append(info, as_bytes("gantry cs 1 "));
    append(info, as_bytes(label));
    for (const auto bytes : of) {
        (*digest)->update(bytes);
        append(info, (*digest)->finish());
    }
    return services_->kdf->hkdf(DigestAlgorithm::sha256, base_.view(), salt, info, size);
}

Result<SealProof> SealKey::request_proof(const SealRandom& client, ByteView fields) const {
    auto proof = derive("request", client, {fields}, limits::kSealProof);
    if (!proof) return std::move(proof).error();
    return to_array<limits::kSealProof>(*proof);
}

Result<std::unique_ptr<AeadKey>> SealKey::content_key(const SealTranscript& transcript) const {
    Bytes salt;
    append(salt, transcript.client);
    append(salt, transcript.server);
    constexpr auto kAlgorithm = AeadAlgorithm::aes256_gcm;
    auto secret = derive("content", salt, {transcript.request, transcript.response_fields},
                         aead_key_size(kAlgorithm));
    if (!secret) return std::move(secret).error();
    return services_->aead->create(kAlgorithm, secret->view());
}

Result<Bytes> seal_text(AeadKey& key, const AeadNonce& nonce, Bytes text) {
    text.resize(text.size() + kAeadTagSize);
    const AeadBuffer buffer{nonce, {}, text};
    if (auto sealed = key.seal(std::span(&buffer, 1)); !sealed) return std::move(sealed).error();
    return text;
}

Result<Bytes> open_text(AeadKey& key, const AeadNonce& nonce, ByteView sealed) {
    Bytes text(sealed.begin(), sealed.end());
    AeadBuffer buffer{nonce, {}, text};
    if (key.unseal(std::span(&buffer, 1)) != 1) return seal_broken("a part of its answer");
    text.resize(text.size() - kAeadTagSize);
    return text;
}

Result<SealProof> response_proof(AeadKey& content_key) {
    auto tag = seal_text(content_key, seal_nonce(SealKind::response, 0), {});
    if (!tag) return std::move(tag).error();
    SealProof proof{};
    std::ranges::copy(*tag, proof.begin());
    return proof;
}

Error seal_broken(const std::string& what) {
    return make_error(ErrorCode::integrity, "cs",
                      what + " was changed on its way, or is not from one who has the key");
}

}  // namespace gantry::cs

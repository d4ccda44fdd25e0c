#include <crypto/net/openssl_aead.h>

#include "openssl_handles.h"

#include <gantry/crypto/secret.h>

#include <algorithm>
#include <limits>

namespace gantry::crypto {
namespace {

using Context = OpensslPtr<EVP_CIPHER_CTX>;

constexpr std::size_t kMaxBytes = std::numeric_limits<int>::max();  // of one call to OpenSSL

const char* cipher_name(AeadAlgorithm algorithm) noexcept {
    switch (algorithm) {
        case AeadAlgorithm::aes128_gcm:
            return "AES-128-GCM";
        case AeadAlgorithm::aes256_gcm:
            return "AES-256-GCM";
        case AeadAlgorithm::chacha20_poly1305:
            return "ChaCha20-Poly1305";
    }
    return "";
}

bool has_a_size_that_fits(const AeadBuffer& buffer) noexcept {
    return buffer.bytes.size() >= kAeadTagSize && buffer.bytes.size() <= kMaxBytes &&
           buffer.associated.size() <= kMaxBytes;
}

// What lies between a nonce and a tag: the associated data and the text, in place.
bool run(EVP_CIPHER_CTX* context, const AeadBuffer& buffer) noexcept {
    int count = 0;
    const auto data = buffer.associated;
    if (!data.empty() && EVP_CipherUpdate(context, nullptr, &count, octets(data),
                                          static_cast<int>(data.size())) != 1)
        return false;
    const auto text = buffer.text();
    return text.empty() || EVP_CipherUpdate(context, octets(text), &count, octets(text),
                                            static_cast<int>(text.size())) == 1;
}

bool handle_tag(EVP_CIPHER_CTX* context, int command, const AeadBuffer& buffer) noexcept {
    const auto tag = buffer.bytes.last(kAeadTagSize);
    return EVP_CIPHER_CTX_ctrl(context, command, kAeadTagSize, tag.data()) == 1;
}

bool finish(EVP_CIPHER_CTX* context) noexcept {
    unsigned char none[kAeadTagSize];
    int count = 0;
    return EVP_CipherFinal_ex(context, none, &count) == 1;
}

class OpensslAeadKey : public AeadKey {
  public:
    OpensslAeadKey(Context seals, Context unseals, CoreDumpShield::Hold hold)
        : hold_(std::move(hold)), seals_(std::move(seals)), unseals_(std::move(unseals)) {}

    Result<void> seal(std::span<const AeadBuffer> batch) override {
        if (!std::ranges::all_of(batch, has_a_size_that_fits))
            return make_error(ErrorCode::usage, "aead", "a buffer has no room for its tag");
        for (const auto& buffer : batch)
            if (!seal_one(buffer)) {
                ERR_clear_error();
                return make_error(ErrorCode::other, "aead", "OpenSSL could not seal");
            }
        return {};
    }
    std::size_t unseal(std::span<AeadBuffer> batch) override {
        std::size_t authentic = 0;
        for (auto& buffer : batch) {
            buffer.authentic = has_a_size_that_fits(buffer) && unseal_one(buffer);
            if (buffer.authentic)
                ++authentic;
            else
                wipe(buffer.bytes);
        }
        if (authentic < batch.size()) ERR_clear_error();
        return authentic;
    }

  private:
    bool seal_one(const AeadBuffer& buffer) noexcept {
        auto* const context = seals_.get();
        return EVP_EncryptInit_ex(context, nullptr, nullptr, nullptr, octets(buffer.nonce)) == 1 &&
               run(context, buffer) && finish(context) &&
               handle_tag(context, EVP_CTRL_AEAD_GET_TAG, buffer);
    }
    bool unseal_one(const AeadBuffer& buffer) noexcept {
        auto* const context = unseals_.get();
        return EVP_DecryptInit_ex(context, nullptr, nullptr, nullptr, octets(buffer.nonce)) == 1 &&
               handle_tag(context, EVP_CTRL_AEAD_SET_TAG, buffer) && run(context, buffer) &&
               finish(context);
    }

    CoreDumpShield::Hold hold_;  // goes last
    Context seals_;
    Context unseals_;
};

// A context that has its key and waits for a nonce.
Context keyed(const EVP_CIPHER* cipher, ByteView secret, bool seals) {
    Context context(EVP_CIPHER_CTX_new());
    if (!context || EVP_CipherInit_ex2(context.get(), cipher, octets(secret), nullptr,
                                       seals ? 1 : 0, nullptr) != 1)
        return nullptr;
    return context;
}

}  // namespace

Result<std::unique_ptr<AeadKey>> OpensslAead::create(AeadAlgorithm algorithm, ByteView secret) {
    if (secret.size() != aead_key_size(algorithm))
        return make_error(ErrorCode::usage, "aead",
                          "a key of " + std::string(aead_name(algorithm)) + " has " +
                              std::to_string(aead_key_size(algorithm)) + " bytes");
    auto hold = shield_.hold();
    const OpensslPtr<EVP_CIPHER> cipher(EVP_CIPHER_fetch(nullptr, cipher_name(algorithm), nullptr));
    if (!cipher) return not_offered(aead_name(algorithm));
    auto seals = keyed(cipher.get(), secret, true), unseals = keyed(cipher.get(), secret, false);
    if (!seals || !unseals) return not_offered(aead_name(algorithm));
    return std::make_unique<OpensslAeadKey>(std::move(seals), std::move(unseals), std::move(hold));
}

}  // namespace gantry::crypto

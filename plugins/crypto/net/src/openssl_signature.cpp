#include <crypto/net/openssl_signature.h>

#include "openssl_handles.h"

namespace gantry::crypto {
namespace {

class Ed25519Key : public SigningKey {
  public:
    Ed25519Key(OpensslPtr<EVP_PKEY> key, const Ed25519PublicKey& public_key,
               CoreDumpShield::Hold hold)
        : hold_(std::move(hold)), key_(std::move(key)), public_key_(public_key) {}

    Result<Ed25519Signature> sign(ByteView message) override {
        const OpensslPtr<EVP_MD_CTX> context(EVP_MD_CTX_new());
        Ed25519Signature signature{};
        std::size_t size = signature.size();
        if (context &&
            EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
            EVP_DigestSign(context.get(), octets(ByteSpan(signature)), &size, octets(message),
                           message.size()) == 1)
            return signature;
        ERR_clear_error();
        return make_error(ErrorCode::other, "signature", "OpenSSL could not sign");
    }
    const Ed25519PublicKey& public_key() const noexcept override { return public_key_; }

  private:
    CoreDumpShield::Hold hold_;  // goes last
    OpensslPtr<EVP_PKEY> key_;
    Ed25519PublicKey public_key_;
};

}  // namespace

Result<std::unique_ptr<SigningKey>> OpensslSignature::create(ByteView seed) {
    if (seed.size() != kEd25519SeedSize)
        return make_error(ErrorCode::usage, "signature", "the seed of Ed25519 has 32 bytes");
    auto hold = shield_.hold();
    OpensslPtr<EVP_PKEY> pair(
        EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, octets(seed), seed.size()));
    Ed25519PublicKey public_key{};
    std::size_t size = public_key.size();
    if (!pair || EVP_PKEY_get_raw_public_key(pair.get(), octets(ByteSpan(public_key)), &size) != 1)
        return not_offered("Ed25519");
    return std::make_unique<Ed25519Key>(std::move(pair), public_key, std::move(hold));
}

Result<void> OpensslSignature::verify(ByteView public_key, ByteView message, ByteView signature) {
    const OpensslPtr<EVP_PKEY> pair(EVP_PKEY_new_raw_public_key(
        EVP_PKEY_ED25519, nullptr, octets(public_key), public_key.size()));
    const OpensslPtr<EVP_MD_CTX> context(EVP_MD_CTX_new());
    if (pair && context &&
        EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pair.get()) == 1 &&
        EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(message),
                         message.size()) == 1)
        return {};
    ERR_clear_error();
    return make_error(ErrorCode::security, "signature", "the signature does not fit");
}

}  // namespace gantry::crypto

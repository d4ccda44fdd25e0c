#include <crypto/net/openssl_digests.h>

#include "openssl_handles.h"

namespace gantry::crypto {
namespace {

// Once the first init has succeeded, libcrypto's own software digests do not fail any more, which
// is why update() and finish() need not answer an error.
class OpensslDigest : public Digest {
  public:
    OpensslDigest(std::shared_ptr<EVP_MD> method, OpensslPtr<EVP_MD_CTX> running)
        : method_(std::move(method)), running_(std::move(running)) {}

    void update(ByteView bytes) override {
        EVP_DigestUpdate(running_.get(), bytes.data(), bytes.size());
    }
    std::vector<std::byte> finish() override {
        std::vector<std::byte> value(static_cast<std::size_t>(EVP_MD_get_size(method_.get())));
        EVP_DigestFinal_ex(running_.get(), octets(ByteSpan(value)), nullptr);
        EVP_DigestInit_ex2(running_.get(), method_.get(), nullptr);
        return value;
    }

  private:
    std::shared_ptr<EVP_MD> method_;
    OpensslPtr<EVP_MD_CTX> running_;
};

}  // namespace

OpensslDigests::OpensslDigests() {
    for (std::size_t i = 0; i < methods_.size(); ++i) {
        const auto* name = openssl_name(static_cast<DigestAlgorithm>(i));
        methods_[i] = std::shared_ptr<EVP_MD>(EVP_MD_fetch(nullptr, name, nullptr), OpensslFree());
    }
    ERR_clear_error();
}

Result<std::unique_ptr<Digest>> OpensslDigests::create(DigestAlgorithm algorithm) {
    const auto index = static_cast<std::size_t>(algorithm);
    auto method = index < methods_.size() ? methods_[index] : nullptr;
    OpensslPtr<EVP_MD_CTX> running(EVP_MD_CTX_new());
    if (!method || !running || EVP_DigestInit_ex2(running.get(), method.get(), nullptr) != 1)
        return not_offered(digest_name(algorithm));
    return std::make_unique<OpensslDigest>(std::move(method), std::move(running));
}

}  // namespace gantry::crypto

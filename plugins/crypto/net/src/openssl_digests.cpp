#include <crypto/net/openssl_digests.h>

#include <openssl/err.h>
#include <openssl/evp.h>

namespace gantry::crypto {
namespace {

struct Free {
    void operator()(EVP_MD* md) const noexcept { EVP_MD_free(md); }
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};
using Method = std::unique_ptr<EVP_MD, Free>;
using Running = std::unique_ptr<EVP_MD_CTX, Free>;

const char* openssl_name(DigestAlgorithm algorithm) noexcept {
    switch (algorithm) {
        case DigestAlgorithm::sha256:
            return "SHA2-256";
        case DigestAlgorithm::sha1:
            return "SHA1";
        case DigestAlgorithm::md5:
            return "MD5";
    }
    return "";
}

// Once the first init has succeeded, libcrypto's own software digests do not fail any more, which
// is why update() and finish() need not answer an error.
class OpensslDigest : public Digest {
  public:
    OpensslDigest(Method method, Running running)
        : method_(std::move(method)), running_(std::move(running)) {}

    void update(ByteView bytes) override {
        EVP_DigestUpdate(running_.get(), bytes.data(), bytes.size());
    }
    std::vector<std::byte> finish() override {
        std::vector<std::byte> value(static_cast<std::size_t>(EVP_MD_get_size(method_.get())));
        EVP_DigestFinal_ex(running_.get(), reinterpret_cast<unsigned char*>(value.data()), nullptr);
        EVP_DigestInit_ex2(running_.get(), method_.get(), nullptr);
        return value;
    }

  private:
    Method method_;
    Running running_;
};

}  // namespace

Result<std::unique_ptr<Digest>> OpensslDigests::create(DigestAlgorithm algorithm) {
    Method method(EVP_MD_fetch(nullptr, openssl_name(algorithm), nullptr));
    Running running(EVP_MD_CTX_new());
    if (!method || !running || EVP_DigestInit_ex2(running.get(), method.get(), nullptr) != 1) {
        ERR_clear_error();
        return make_error(ErrorCode::unsupported, "crypto",
                          "OpenSSL offers no " + std::string(digest_name(algorithm)) + " here");
    }
    return std::make_unique<OpensslDigest>(std::move(method), std::move(running));
}

}  // namespace gantry::crypto

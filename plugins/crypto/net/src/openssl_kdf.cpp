#include <crypto/net/openssl_kdf.h>

#include "openssl_handles.h"

#include <openssl/core_names.h>
#include <openssl/params.h>

#include <limits>

namespace gantry::crypto {
namespace {

// OpenSSL takes borrowed values by pointers to what is not const, and does not write there. It
// takes no null pointer for none.
OSSL_PARAM bytes_param(const char* name, ByteView bytes) {
    static constexpr std::byte kNone{};
    auto* const at = const_cast<std::byte*>(bytes.empty() ? &kNone : bytes.data());
    return OSSL_PARAM_construct_octet_string(name, at, bytes.size());
}
OSSL_PARAM name_param(const char* name, const char* value) {
    return OSSL_PARAM_construct_utf8_string(name, const_cast<char*>(value), 0);
}

// As with digests, a context that was set up once does not fail any more.
class OpensslHmac : public Digest {
  public:
    OpensslHmac(OpensslPtr<EVP_MAC_CTX> running, CoreDumpShield::Hold hold)
        : hold_(std::move(hold)), running_(std::move(running)) {}

    void update(ByteView bytes) override {
        EVP_MAC_update(running_.get(), octets(bytes), bytes.size());
    }
    std::vector<std::byte> finish() override {
        std::vector<std::byte> value(EVP_MAC_CTX_get_mac_size(running_.get()));
        std::size_t size = value.size();
        EVP_MAC_final(running_.get(), octets(ByteSpan(value)), &size, value.size());
        EVP_MAC_init(running_.get(), nullptr, 0, nullptr);
        return value;
    }

  private:
    CoreDumpShield::Hold hold_;  // goes last
    OpensslPtr<EVP_MAC_CTX> running_;
};

Result<Secret> derive(const char* name, const OSSL_PARAM* params, std::size_t size) {
    const OpensslPtr<EVP_KDF> kdf(EVP_KDF_fetch(nullptr, name, nullptr));
    const OpensslPtr<EVP_KDF_CTX> context(kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr);
    if (!context) return not_offered(name);
    Secret out(size);
    if (EVP_KDF_derive(context.get(), octets(out.bytes()), size, params) == 1) return out;
    ERR_clear_error();
    return make_error(ErrorCode::limit, "kdf", std::string(name) + " could not be computed");
}

std::size_t digest_size(DigestAlgorithm algorithm) {
    const OpensslPtr<EVP_MD> method(EVP_MD_fetch(nullptr, openssl_name(algorithm), nullptr));
    ERR_clear_error();
    return method ? static_cast<std::size_t>(EVP_MD_get_size(method.get())) : 0;
}

struct HkdfInput {
    int mode;
    ByteView key;
    ByteView salt;
    ByteView info;
};

Result<Secret> run_hkdf(DigestAlgorithm algorithm, HkdfInput input, std::size_t size) {
    const auto unit = digest_size(algorithm);
    if (unit == 0) return not_offered(digest_name(algorithm));
    const bool extracts = input.mode == EVP_KDF_HKDF_MODE_EXTRACT_ONLY;
    if (extracts) size = unit;
    if (size == 0 || size > 255 * unit)
        return make_error(ErrorCode::usage, "kdf", "HKDF gives 1 to 255 digests of bytes");
    const OSSL_PARAM params[] = {
        name_param(OSSL_KDF_PARAM_DIGEST, openssl_name(algorithm)),
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &input.mode),
        bytes_param(OSSL_KDF_PARAM_KEY, input.key),
        bytes_param(OSSL_KDF_PARAM_SALT, input.salt),
        bytes_param(OSSL_KDF_PARAM_INFO, input.info),
        OSSL_PARAM_construct_end(),
    };
    return derive("HKDF", params, size);
}

// RFC 7914 section 2, and what this machine should give for it.
Result<void> check_cost(const ScryptCost& cost) {
    const auto usage = [](std::string text) {
        return make_error(ErrorCode::usage, "kdf", std::move(text));
    };
    if (cost.log2_n < 1 || cost.log2_n > 63 || cost.r < 1 || cost.p < 1)
        return usage("scrypt needs N from 2 on, r and p from 1 on");
    if (std::uint64_t{cost.r} * cost.p >= (std::uint64_t{1} << 30))
        return usage("r times p of scrypt must stay below 2^30");
    if (std::uint64_t{16} * cost.r <= cost.log2_n)
        return usage("N of scrypt must stay below 2^(16 r)");
    const auto most = KdfService::kMaxScryptMemory / 128 / cost.r;
    if (cost.p <= most && cost.log2_n < 40 && (std::uint64_t{1} << cost.log2_n) <= most) return {};
    return make_error(ErrorCode::limit, "kdf", "scrypt would take more than 1 GiB of memory");
}

}  // namespace

Result<std::unique_ptr<Digest>> OpensslKdf::hmac(DigestAlgorithm algorithm, ByteView secret) {
    static constexpr std::byte kNone{};
    const OpensslPtr<EVP_MAC> method(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    auto hold = shield_.hold();
    OpensslPtr<EVP_MAC_CTX> running(method ? EVP_MAC_CTX_new(method.get()) : nullptr);
    const OSSL_PARAM params[] = {name_param(OSSL_MAC_PARAM_DIGEST, openssl_name(algorithm)),
                                 OSSL_PARAM_construct_end()};
    const ByteView bytes = secret.empty() ? ByteView(&kNone, 0) : secret;
    if (!running || EVP_MAC_init(running.get(), octets(bytes), bytes.size(), params) != 1)
        return not_offered("HMAC with " + std::string(digest_name(algorithm)));
    return std::make_unique<OpensslHmac>(std::move(running), std::move(hold));
}

Result<Secret> OpensslKdf::hkdf(DigestAlgorithm algorithm, ByteView secret, ByteView salt,
                                ByteView info, std::size_t size) {
    const auto hold = shield_.hold();
    return run_hkdf(algorithm, {EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, secret, salt, info}, size);
}

Result<Secret> OpensslKdf::hkdf_extract(DigestAlgorithm algorithm, ByteView secret, ByteView salt) {
    const auto hold = shield_.hold();
    return run_hkdf(algorithm, {EVP_KDF_HKDF_MODE_EXTRACT_ONLY, secret, salt, {}}, 0);
}

Result<Secret> OpensslKdf::hkdf_expand(DigestAlgorithm algorithm, ByteView pseudorandom_key,
                                       ByteView info, std::size_t size) {
    const auto hold = shield_.hold();
    return run_hkdf(algorithm, {EVP_KDF_HKDF_MODE_EXPAND_ONLY, pseudorandom_key, {}, info}, size);
}

Result<Secret> OpensslKdf::scrypt(ByteView passphrase, ByteView salt, const ScryptCost& cost,
                                  std::size_t size) {
    if (auto fits = check_cost(cost); !fits) return std::move(fits).error();
    const auto hold = shield_.hold();
    std::uint64_t n = std::uint64_t{1} << cost.log2_n;
    std::uint32_t r = cost.r, p = cost.p;
    std::uint64_t most = 3 * kMaxScryptMemory;  // its own sum counts the p blocks as well
    const OSSL_PARAM params[] = {
        bytes_param(OSSL_KDF_PARAM_PASSWORD, passphrase),
        bytes_param(OSSL_KDF_PARAM_SALT, salt),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &most),
        OSSL_PARAM_construct_end(),
    };
    return derive("SCRYPT", params, size);
}

}  // namespace gantry::crypto

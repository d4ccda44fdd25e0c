#include <crypto/net/certificates.h>
#include <gantry/net/endpoint.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>

#include "tls_errors.h"
#include "x509_facts.h"

namespace gantry::crypto {
namespace {

constexpr std::size_t kMaxName = 64;  // ub-common-name, RFC 5280 appendix A.1
constexpr std::size_t kMaxHost = 253;
constexpr std::size_t kSerial = 16;

Error usage(std::string message) {
    return make_error(ErrorCode::usage, "crypto", std::move(message));
}

bool is_plain(std::string_view name, std::size_t most, std::string_view banned) {
    return !name.empty() && name.size() <= most && std::ranges::all_of(name, [&](char c) {
        return c > ' ' && c <= '~' && banned.find(c) == std::string_view::npos;
    });
}

Handle<EVP_PKEY> make_key(KeyAlgorithm kind) {
    return Handle<EVP_PKEY>(kind == KeyAlgorithm::ed25519
                                ? EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")
                                : EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
}

void set_time(ASN1_TIME* field, WallTime time) {
    ASN1_TIME_set(field, std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

bool set_serial(X509* certificate) {
    std::array<unsigned char, kSerial> bytes{};
    if (RAND_bytes(bytes.data(), bytes.size()) != 1) return false;
    bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7fU) | 0x40U);  // positive, never short
    BIGNUM* number = BN_bin2bn(bytes.data(), bytes.size(), nullptr);
    const bool set = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nullptr;
    BN_free(number);
    return set;
}

void set_subject(X509* certificate, const std::string& name) {
    X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.data()),
                               static_cast<int>(name.size()), -1, 0);
}

bool add_extension(X509* certificate, X509V3_CTX& context, int id, const std::string& value) {
    auto* extension = X509V3_EXT_nconf_nid(nullptr, &context, id, value.c_str());
    const bool added = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return added;
}

std::string alternative_names(const std::vector<std::string>& hosts) {
    std::string text;
    for (const auto& host : hosts)
        text +=
            (text.empty() ? "" : ",") + std::string(IpAddress::parse(host) ? "IP:" : "DNS:") + host;
    return text;
}

bool add_extensions(X509* certificate, X509* issuer, const CertificateRequest& request) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    return add_extension(certificate, context, NID_basic_constraints,
                         request.authority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
           add_extension(
               certificate, context, NID_key_usage,
               request.authority ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
           add_extension(certificate, context, NID_subject_key_identifier, "hash") &&
           (request.hosts.empty() || add_extension(certificate, context, NID_subject_alt_name,
                                                   alternative_names(request.hosts)));
}

struct Issuer {
    Handle<X509> certificate;
    Handle<EVP_PKEY> key;
};

Result<Issuer> read_issuer(const TlsCertificate& from) {
    auto chain = read_chain(from.chain_pem);
    if (!chain) return std::move(chain).error();
    Issuer issuer;
    issuer.certificate.reset(sk_X509_shift(chain->get()));
    issuer.key = read_private_key(as_text(from.key_pem.view()));
    if (!issuer.key) return take_usage_error("the issuer's key cannot be read");
    return issuer;
}

Result<void> check(const CertificateRequest& request) {
    if (!is_plain(request.name, kMaxName, ""))
        return usage("a name has 1 to 64 printable characters without blanks");
    for (const auto& host : request.hosts)
        if (!is_plain(host, kMaxHost, ",;\\\"") || host.size() > kMaxHost)
            return usage("'" + host + "' is neither a host name nor an address");
    if (request.until <= request.from) return usage("the certificate would never be valid");
    return {};
}

Result<Handle<X509>> sign(const CertificateRequest& request, EVP_PKEY* key, const Issuer* issuer) {
    Handle<X509> certificate(X509_new());
    auto* made = certificate.get();
    X509_set_version(made, X509_VERSION_3);
    set_time(X509_getm_notBefore(made), request.from);
    set_time(X509_getm_notAfter(made), request.until);
    set_subject(made, request.name);
    X509_set_pubkey(made, key);
    auto* by = issuer != nullptr ? issuer->certificate.get() : made;
    auto* by_key = issuer != nullptr ? issuer->key.get() : key;
    X509_set_issuer_name(made, X509_get_subject_name(by));
    const auto* digest = EVP_PKEY_get_base_id(by_key) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256();
    if (!set_serial(made) || !add_extensions(made, by, request) ||
        X509_sign(made, by_key, digest) == 0)
        return take_usage_error("the certificate cannot be made");
    return certificate;
}

std::string one_line(const X509_NAME* name) {
    const Handle<BIO> memory(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    return text_of(*memory);
}

std::string key_words(X509& certificate) {
    const auto* key = X509_get0_pubkey(&certificate);
    if (key == nullptr) return "unknown";
    const char* type = EVP_PKEY_get0_type_name(key);
    std::array<char, 64> group{};
    std::size_t size = 0;
    if (EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) == 1)
        return std::string(type) + " " + group.data();
    const bool fixed = EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519;
    return type + (fixed ? std::string() : " " + std::to_string(EVP_PKEY_get_bits(key)));
}

CertificateFacts facts_of(X509& certificate) {
    CertificateFacts facts;
    facts.fingerprint = fingerprint_of(certificate);
    facts.subject = one_line(X509_get_subject_name(&certificate));
    facts.issuer = one_line(X509_get_issuer_name(&certificate));
    facts.hosts = names_of(certificate);
    facts.from = not_before(certificate);
    facts.until = not_after(certificate);
    facts.key = key_words(certificate);
    facts.self_made = X509_self_signed(&certificate, 0) == 1;
    return facts;
}

}  // namespace

Result<TlsCertificate> make_certificate(const CertificateRequest& request) {
    ERR_clear_error();
    if (auto fine = check(request); !fine) return std::move(fine).error();
    std::optional<Issuer> issuer;
    if (request.issuer != nullptr) {
        auto read = read_issuer(*request.issuer);
        if (!read) return std::move(read).error();
        issuer = std::move(*read);
    }
    const auto key = make_key(request.kind);
    if (!key) return take_usage_error("no key can be made");
    auto certificate = sign(request, key.get(), issuer ? &*issuer : nullptr);
    if (!certificate) return std::move(certificate).error();
    return TlsCertificate{to_pem(**certificate), private_key_pem(key.get())};
}

Result<std::vector<CertificateFacts>> read_certificates(std::string_view pem) {
    auto chain = read_chain(pem);
    if (!chain) return std::move(chain).error();
    std::vector<CertificateFacts> all;
    for (int i = 0; i < sk_X509_num(chain->get()); ++i)
        all.push_back(facts_of(*sk_X509_value(chain->get(), i)));
    return all;
}

}  // namespace gantry::crypto

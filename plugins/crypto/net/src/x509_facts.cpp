#include "x509_facts.h"

#include <crypto/net/certificates.h>
#include <gantry/net/endpoint.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "tls_errors.h"

namespace gantry::crypto {
namespace {

struct FreeNames {
    void operator()(GENERAL_NAMES* names) const noexcept { GENERAL_NAMES_free(names); }
};
using Names = std::unique_ptr<GENERAL_NAMES, FreeNames>;

Names alternative_names(const X509& certificate) {
    return Names(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
}

std::string text_of(const ASN1_STRING& value) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(&value)),
            static_cast<std::size_t>(ASN1_STRING_length(&value))};
}

std::string address_of(const ASN1_STRING& value) {
    const auto raw = text_of(value);
    const auto bytes = as_bytes(raw);
    std::array<std::byte, 4> v4{};
    std::array<std::byte, 16> v6{};
    if (bytes.size() == v4.size()) {
        std::copy(bytes.begin(), bytes.end(), v4.begin());
        return IpAddress::v4(v4).to_string();
    }
    if (bytes.size() != v6.size()) return {};
    std::copy(bytes.begin(), bytes.end(), v6.begin());
    return IpAddress::v6(v6).to_string();
}

std::string common_name(const X509& certificate) {
    const auto* subject = X509_get_subject_name(&certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    return text_of(*X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

WallTime to_wall(const ASN1_TIME* time) {
    std::tm parts{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return WallTime(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace

Fingerprint fingerprint_of(const X509& certificate) {
    std::array<std::byte, Fingerprint::kSize> digest{};
    unsigned size = digest.size();
    X509_digest(&certificate, EVP_sha256(), reinterpret_cast<unsigned char*>(digest.data()), &size);
    return Fingerprint(digest);
}

std::vector<std::string> names_of(const X509& certificate) {
    std::vector<std::string> found;
    const auto names = alternative_names(certificate);
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) found.push_back(text_of(*name->d.dNSName));
        if (name->type == GEN_IPADD) found.push_back(address_of(*name->d.iPAddress));
    }
    return found;
}

std::string name_of(const X509& certificate) {
    const auto names = alternative_names(certificate);
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) return text_of(*name->d.dNSName);
    }
    return common_name(certificate);
}

WallTime not_before(const X509& certificate) { return to_wall(X509_get0_notBefore(&certificate)); }

WallTime not_after(const X509& certificate) { return to_wall(X509_get0_notAfter(&certificate)); }

std::string format_time(WallTime time) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    const std::time_t value = seconds;
    std::tm parts{};
    std::array<char, 32> text{};
    ::gmtime_r(&value, &parts);
    const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
    return {text.data(), size};
}

Handle<BIO> reading(std::string_view text) {
    return Handle<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string text_of(BIO& memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(&memory, &data);
    return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

Result<CertificateChain> read_chain(std::string_view pem) {
    ERR_clear_error();
    CertificateChain chain(sk_X509_new_null());
    const auto from = reading(pem);
    while (auto* certificate = PEM_read_bio_X509(from.get(), nullptr, nullptr, nullptr))
        sk_X509_push(chain.get(), certificate);
    const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (!at_end) return take_usage_error("a certificate cannot be read");
    ERR_clear_error();
    if (sk_X509_num(chain.get()) == 0)
        return make_error(ErrorCode::usage, "tls", "there is no certificate in it (PEM)");
    return chain;
}

Handle<EVP_PKEY> read_private_key(std::string_view pem) {
    const auto from = reading(pem);
    const auto no_password = [](char*, int, int, void*) { return 0; };
    return Handle<EVP_PKEY>(PEM_read_bio_PrivateKey(from.get(), nullptr, +no_password, nullptr));
}

Secret private_key_pem(EVP_PKEY* key) {
    const Handle<BIO> memory(BIO_new(BIO_s_secmem()));
    PEM_write_bio_PKCS8PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return Secret(ByteView(reinterpret_cast<std::byte*>(data), static_cast<std::size_t>(size)));
}

std::string to_pem(const X509& certificate) {
    const Handle<BIO> memory(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(memory.get(), &certificate);
    return text_of(*memory);
}

}  // namespace gantry::crypto

#include <crypto/core/tls_psk.h>
#include <crypto/net/openssl_tls.h>
#include <crypto/net/secret_input.h>
#include <gantry/storage/whole_file.h>

#include "never_cancelled.h"
#include "x509_facts.h"

namespace gantry::crypto {
namespace {

template <class T>
Result<T> about(const std::string& file, Result<T> outcome) {
    if (!outcome && outcome.error().context.empty()) outcome.error().context = file;
    return outcome;
}

}  // namespace

Result<TlsPsk> OpensslTls::load_psk(const std::string& key_file) {
    auto read = read_key_file(key_file, key_file, NeverCancelled());
    if (!read) return std::move(read).error();
    return about(key_file, tls_psk(kdf_, *read));
}

Result<TlsCertificate> OpensslTls::load_certificate(const std::string& pem_file) {
    auto text = read_private_file(pem_file, pem_file, tls_limits::kPemBytes, NeverCancelled());
    if (!text) return std::move(text).error();
    if (text->size() > tls_limits::kPemBytes)
        return make_error(ErrorCode::limit, "tls", "the file is too long", pem_file);
    auto chain = about(pem_file, read_chain(as_text(text->view())));
    if (!chain) return std::move(chain).error();
    TlsCertificate certificate{{}, std::move(*text)};
    for (int i = 0; i < sk_X509_num(chain->get()); ++i)
        certificate.chain_pem += to_pem(*sk_X509_value(chain->get(), i));
    return certificate;
}

Result<TrustCa> OpensslTls::load_ca(const std::string& pem_file) {
    auto pem = read_whole_file(pem_file, tls_limits::kPemBytes);
    if (!pem) return std::move(pem).error();
    auto chain = about(pem_file, read_chain(*pem));
    if (!chain) return std::move(chain).error();
    return TrustCa{std::move(*pem)};
}

}  // namespace gantry::crypto

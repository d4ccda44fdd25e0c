#include <cs/net/client_credentials.h>

namespace gantry::cs {

Result<std::unique_ptr<ClientCredentials>> ClientCredentials::load(TlsService& tls,
                                                                   const ClientSecurity& said) {
    std::unique_ptr<ClientCredentials> made(new ClientCredentials());
    if (!said.key_file.empty()) {
        auto key = tls.load_psk(said.key_file);
        if (!key) return std::move(key).error();
        made->key_ = std::move(*key);
    }
    if (!said.certificate_file.empty()) {
        auto certificate = tls.load_certificate(said.certificate_file);
        if (!certificate) return std::move(certificate).error();
        made->certificate_ = std::move(*certificate);
    }
    if (!said.ca_file.empty()) {
        auto authority = tls.load_ca(said.ca_file);
        if (!authority) return std::move(authority).error();
        made->authority_ = std::move(*authority);
    }
    return made;
}

Result<std::unique_ptr<TlsClient>> ClientCredentials::client(
    TlsService& tls, const std::vector<Fingerprint>& accepted) const {
    TlsClientSettings settings;
    settings.alpn = {kAlpn};
    settings.trust = authority_ ? TlsTrust(*authority_) : TlsTrust(TrustPins{accepted});
    if (key_) settings.psk = TlsPsk{key_->identity, Secret(key_->key.view())};
    if (certificate_)
        settings.certificate =
            TlsCertificate{certificate_->chain_pem, Secret(certificate_->key_pem.view())};
    return tls.client(settings);
}

}  // namespace gantry::cs

#include <cs/net/security.h>

namespace gantry::cs {

namespace {

Result<void> trust_clients(TlsService& tls, const ServerSecurity& said,
                           TlsServerSettings& settings) {
    const bool some = !said.ca_file.empty() || !said.pins.empty();
    if (some)
        settings.clients = ClientCertificates::required;
    else if (said.ask_clients)
        settings.clients = ClientCertificates::asked;
    if (!said.pins.empty()) settings.client_trust = TrustPins{said.pins};
    if (said.ca_file.empty()) return {};
    auto authority = tls.load_ca(said.ca_file);
    if (!authority) return std::move(authority).error();
    settings.client_trust = std::move(*authority);
    return {};
}

}  // namespace

Result<std::unique_ptr<TlsServer>> load_server_security(TlsService& tls,
                                                        const ServerSecurity& said) {
    TlsServerSettings settings;
    settings.alpn = {kAlpn};
    for (const auto& file : said.key_files) {
        auto key = tls.load_psk(file);
        if (!key) return std::move(key).error();
        settings.psks.push_back(std::move(*key));
    }
    if (!said.certificate_file.empty()) {
        auto certificate = tls.load_certificate(said.certificate_file);
        if (!certificate) return std::move(certificate).error();
        settings.certificate = std::move(*certificate);
        if (auto known = trust_clients(tls, said, settings); !known)
            return std::move(known).error();
    }
    return tls.server(settings);
}

}  // namespace gantry::cs

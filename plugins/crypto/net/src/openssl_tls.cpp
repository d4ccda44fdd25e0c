#include <crypto/net/openssl_tls.h>

#include "tls_engine.h"

namespace gantry::crypto {
namespace {

class Client : public TlsClient {
  public:
    explicit Client(SharedTlsContext context) : context_(std::move(context)) {}
    Result<std::unique_ptr<TlsEngine>> connect(std::string_view host, WallTime now,
                                               const Secret* session) override {
        return OpensslTlsEngine::make(context_, host, now, session);
    }

  private:
    SharedTlsContext context_;
};

class Server : public TlsServer {
  public:
    explicit Server(SharedTlsContext context) : context_(std::move(context)) {}
    Result<std::unique_ptr<TlsEngine>> accept(WallTime now) override {
        return OpensslTlsEngine::make(context_, {}, now, nullptr);
    }

  private:
    SharedTlsContext context_;
};

}  // namespace

Result<std::unique_ptr<TlsClient>> OpensslTls::client(const TlsClientSettings& settings) {
    auto context = make_client_context(settings, shield_.hold());
    if (!context) return std::move(context).error();
    return std::make_unique<Client>(std::move(*context));
}

Result<std::unique_ptr<TlsServer>> OpensslTls::server(const TlsServerSettings& settings) {
    auto context = make_server_context(settings, shield_.hold());
    if (!context) return std::move(context).error();
    return std::make_unique<Server>(std::move(*context));
}

}  // namespace gantry::crypto

#pragma once

#include <crypto_support/test_certificates.h>
#include <gantry/crypto/secure_stream.h>
#include <gantry/net/connector.h>

#include <map>

namespace gantry::crypto {

// What connects or is accepted through it is secured, by a certificate that it pins.
class SecureConnector final : public Connector {
  public:
    static constexpr Duration kHandshake = std::chrono::seconds(20);

    explicit SecureConnector(Connector& inner)
        : inner_(inner),
          client_(must(openssl_tls().client(
              {.trust = TrustPins{{fingerprint_of(TestCertificates::get().server)}}}))),
          server_(must(
              openssl_tls().server({.certificate = copy_of(TestCertificates::get().server)}))) {}

    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override {
        return inner_.resolve(loop, host, std::move(done));
    }
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return inner_.connect(loop, to, options,
                              [this, &loop, to, done = std::move(done)](auto stream) mutable {
                                  if (!stream) return done(std::move(stream).error());
                                  wrap(loop, std::move(*stream),
                                       must(client_->connect(to.host, kTestNow)), std::move(done));
                                  return Result<void>{};
                              });
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        auto shared = std::make_shared<AcceptCallback>(std::move(accepted));
        return inner_.listen(
            loop, at, options, [this, &loop, shared](std::unique_ptr<Stream> stream) {
                wrap(loop, std::move(stream), must(server_->accept(kTestNow)),
                     [shared](Result<std::unique_ptr<Stream>> secured) {
                         return secured ? (*shared)(std::move(*secured)) : Result<void>{};
                     });
            });
    }
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& options) override {
        return inner_.open_datagram(loop, at, options);
    }

  private:
    void wrap(EventLoop& loop, std::unique_ptr<Stream> stream, std::unique_ptr<TlsEngine> engine,
              ConnectCallback done) {
        const int id = ++last_;
        pending_[id] = secure(loop, std::move(stream), std::move(engine), kHandshake,
                              [this, id, done = std::move(done)](auto secured) mutable {
                                  auto held = std::move(done);
                                  pending_.erase(id);
                                  if (!secured) return held(std::move(secured).error());
                                  return held(std::unique_ptr<Stream>(std::move(*secured)));
                              });
    }

    Connector& inner_;
    std::unique_ptr<TlsClient> client_;
    std::unique_ptr<TlsServer> server_;
    std::map<int, Registration> pending_;
    int last_ = 0;
};

}  // namespace gantry::crypto

#pragma once

#include <crypto/net/openssl_kdf.h>
#include <gantry/core/random.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/net/rudp_transport.h>

namespace gantry::testing::conformance {

// The streams of a transport where suites want a connector's.
class TransportConnector final : public Connector {
  public:
    TransportConnector(Connector& inner, Transport& transport)
        : inner_(inner), transport_(transport) {}
    Registration resolve(EventLoop& loop, const std::string& host, ResolveCallback done) override {
        return inner_.resolve(loop, host, std::move(done));
    }
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return transport_.connect(loop, to, options, std::move(done));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        return transport_.listen(loop, at, options, std::move(accepted));
    }
    Result<std::unique_ptr<DatagramSocket>> open_datagram(EventLoop& loop, const Endpoint& at,
                                                          const DatagramOptions& how) override {
        return inner_.open_datagram(loop, at, how);
    }

  private:
    Connector& inner_;
    Transport& transport_;
};

// rudp on the sockets of another harness.
template <class Base>
class RudpHarness : public Base {
  public:
    Connector& connector() override { return streams_; }
    Transport& transport() { return transport_; }
    // Its acks and losses are timed by the loop, which a busy machine holds up.
    Duration settle_time() const override { return std::chrono::milliseconds(100); }
    // The largest that a suite moves is more than all windows and buffers hold.
    std::size_t bulk_bytes() const override { return 20'000'000; }

  private:
    SeededRandom random_{1};
    crypto::CoreDumpShield shield_;
    crypto::OpensslKdf kdf_{shield_};
    lftp::RudpTransport transport_{Base::connector(), random_, kdf_, Base::loop()};
    TransportConnector streams_{Base::connector(), transport_};
};

}  // namespace gantry::testing::conformance

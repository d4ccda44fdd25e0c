#pragma once

#include <support/conformance/net_suite.h>

#include <crypto_support/secure_connector.h>
#include <gantry/testing/sim_connector.h>

namespace gantry::crypto {

using namespace testing;
using conformance::WatchedStream;
using namespace std::chrono_literals;

inline constexpr Duration kLong = 10min;

// Two machines: "server" listens, "client" connects.
struct World {
    explicit World(std::uint64_t seed = 1) : network(clock, seed) {}

    VirtualClock clock;
    SimNetwork network;
    VirtualLoop loop{clock};
    SimConnector server{network, "server"};
    SimConnector client{network, "client"};

    std::unique_ptr<Listener> listen(AcceptCallback accepted) {
        return must(
            server.listen(loop, {IpAddress::parse("0.0.0.0").value(), 0}, {}, std::move(accepted)));
    }
    std::unique_ptr<Stream> connect(const Listener& to) {
        std::unique_ptr<Stream> stream;
        const auto pending = client.connect(loop, {"server", to.local().port}, {},
                                            [&](auto made) { stream = must(std::move(made)); });
        CPPUNIT_ASSERT(loop.run_until([&] { return stream != nullptr; }, kLong));
        return stream;
    }
};

inline std::unique_ptr<TlsEngine> client_engine() {
    auto maker = must(openssl_tls().client(
        {.trust = TrustPins{{fingerprint_of(TestCertificates::get().server)}}}));
    return must(maker->connect("server", kTestNow));
}

inline std::unique_ptr<TlsEngine> server_engine(
    const TlsServerSettings& settings = {.certificate = copy_of(TestCertificates::get().server)}) {
    return must(must(openssl_tls().server(settings))->accept(kTestNow));
}

// A plain pair of streams, each end to be secured or not.
struct Ends {
    explicit Ends(World& world) {
        listener = world.listen([this](std::unique_ptr<Stream> s) { server = std::move(s); });
        client = world.connect(*listener);
        CPPUNIT_ASSERT(world.loop.run_until([this] { return server != nullptr; }, kLong));
    }
    std::unique_ptr<Listener> listener;
    std::unique_ptr<Stream> client;
    std::unique_ptr<Stream> server;
};

// A client and a server on two machines, each to be secured or not.
class SecureFixture : public CppUnit::TestFixture {
  protected:
    World world_;
    std::optional<Result<std::unique_ptr<SecureStream>>> client_;
    std::optional<Result<std::unique_ptr<SecureStream>>> server_;
    Registration client_shake_;
    Registration server_shake_;

    void secure_client(std::unique_ptr<Stream> stream, Duration timeout = 20s) {
        client_shake_ = secure(world_.loop, std::move(stream), client_engine(), timeout,
                               [this](auto made) { client_ = std::move(made); });
    }
    void secure_server(std::unique_ptr<Stream> stream, std::unique_ptr<TlsEngine> engine) {
        server_shake_ = secure(world_.loop, std::move(stream), std::move(engine), 20s,
                               [this](auto made) { server_ = std::move(made); });
    }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT(world_.loop.run_until(done, kLong));
    }
    bool both() const { return client_.has_value() && server_.has_value(); }
    static void expect(ErrorCode code, const Error& error) {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(describe(error), std::string(error_name(code)),
                                     std::string(error_name(error.code)));
    }
};

}  // namespace gantry::crypto

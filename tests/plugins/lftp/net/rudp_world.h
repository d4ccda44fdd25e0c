#pragma once

#include <crypto/net/openssl_kdf.h>
#include <gantry/testing/seeded_random.h>
#include <gantry/testing/sim_connector.h>
#include <lftp/net/rudp_transport.h>

#include <cppunit/extensions/HelperMacros.h>

#include <list>
#include <optional>
#include <string>

namespace gantry::lftp {

// A server and a client on two hosts of a simulated network, each with a transport of its own whose
// streams live on `user` and what they leave on `home`.
struct RudpWorld {
    struct Host {
        Host(testing::SimNetwork& network, const char* name, KdfService& kdf, EventLoop& home)
            : connector(network, name), transport(connector, random, kdf, home) {}
        testing::SeededRandom random{7};
        testing::SimConnector connector;
        RudpTransport transport;
    };

    explicit RudpWorld(const testing::LinkOptions& link = {}) {
        network.set_link("server", "client", link);
    }
    // Runs until `done` holds; fails after so much virtual time.
    void run_until(const std::function<bool()>& done, Duration limit = std::chrono::seconds(120)) {
        CPPUNIT_ASSERT(user.run_until(done, limit));
    }
    void listen(int backlog = 16) {
        listener =
            server.transport
                .listen(user, {network.address("server"), 0}, {.backlog = backlog},
                        [this](std::unique_ptr<Stream> s) { accepted.push_back(std::move(s)); })
                .value();
    }
    Registration begin_connect(std::optional<Result<std::unique_ptr<Stream>>>& outcome,
                               Duration timeout = std::chrono::seconds(20)) {
        return client.transport.connect(
            user, {network.address("server").to_string(), listener->local().port}, {timeout},
            [&](Result<std::unique_ptr<Stream>> stream) { outcome = std::move(stream); });
    }
    std::unique_ptr<Stream> connect() {
        std::optional<Result<std::unique_ptr<Stream>>> outcome;
        const auto pending = begin_connect(outcome);
        run_until([&] { return outcome.has_value(); });
        CPPUNIT_ASSERT(outcome->ok());
        return std::move(**outcome);
    }
    // Reads what is there; whether the end has come.
    static bool read_all(Stream& from, std::string& into) {
        std::array<std::byte, 4096> buffer;
        while (true) {
            const auto got = from.read(buffer);
            CPPUNIT_ASSERT(got.ok());
            if (got->end) return true;
            if (got->bytes == 0) return false;
            into += as_text(ByteView(buffer).first(got->bytes));
        }
    }
    static std::size_t write(Stream& to, std::string_view text) {
        const auto view = as_bytes(text);
        return to.write(std::span(&view, 1)).value();
    }

    testing::VirtualClock clock;
    testing::SimNetwork network{clock, 1};
    testing::VirtualLoop user{clock, "user"};
    testing::VirtualLoop home{clock, "home"};
    crypto::CoreDumpShield shield;
    crypto::OpensslKdf kdf{shield};
    Host server{network, "server", kdf, home};
    Host client{network, "client", kdf, home};
    std::unique_ptr<Listener> listener;
    std::list<std::unique_ptr<Stream>> accepted;
};

}  // namespace gantry::lftp

#include "packet_probe.h"

#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/engine_pair.h>
#include <lftp/core/handshake.h>
#include <algorithm>

using namespace gantry;
using namespace gantry::lftp;

namespace {

TransportParameters parameters(std::vector<Protection> protections) {
    TransportParameters out;
    out.versions = {kVersion1};
    out.protections = std::move(protections);
    return out;
}

void pass_on(HandshakeStream& from, HandshakeStream& to) {
    while (from.ready()) {
        PacketProbe packet;
        from.write_frames(packet.builder());
        FrameReader reader(packet.builder().writer().written(), PacketSpace::handshake);
        while (const auto frame = reader.next().value())
            (void)to.on_crypto(std::get<CryptoFrame>(*frame));
    }
}

// The first error of either.
TransportError run(Handshake& client, Handshake& server) {
    HandshakeStream at_client;
    HandshakeStream at_server;
    (void)client.advance(at_client);
    pass_on(at_client, at_server);
    const auto error = server.advance(at_server);
    pass_on(at_server, at_client);
    return error != TransportError::no_error ? error : client.advance(at_client);
}

TransportError answered(Handshake& client, const TransportParameters& answer) {
    HandshakeStream stream;
    (void)client.advance(stream);
    (void)stream.on_crypto({0, answer.encode()});
    return client.advance(stream);
}

}  // namespace

class HandshakeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HandshakeTest);
    CPPUNIT_TEST(both_sides_learn_the_parameters_of_the_other);
    CPPUNIT_TEST(the_server_takes_the_first_of_the_client_that_it_has);
    CPPUNIT_TEST(nobody_falls_back_to_no_protection);
    CPPUNIT_TEST(a_client_takes_no_other_answer_than_it_offered);
    CPPUNIT_TEST(refuses_another_version);
    CPPUNIT_TEST(runs_tls_behind_the_parameters);
    CPPUNIT_TEST(tells_why_tls_says_no);
    CPPUNIT_TEST(takes_parameters_byte_by_byte_and_no_longer_than_the_limit);
    CPPUNIT_TEST_SUITE_END();

  public:
    void both_sides_learn_the_parameters_of_the_other() {
        auto own = parameters({Protection::none});
        own.max_data = 777;
        Handshake server(Side::server, own);
        Handshake client(Side::client, parameters({Protection::none}));
        CPPUNIT_ASSERT(run(client, server) == TransportError::no_error);
        CPPUNIT_ASSERT(client.done() && server.done());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{777}, client.peer()->max_data);
        CPPUNIT_ASSERT(std::ranges::equal(client.own_block(), server.peer_block()));
        CPPUNIT_ASSERT(std::ranges::equal(server.own_block(), client.peer_block()));
    }
    void the_server_takes_the_first_of_the_client_that_it_has() {
        Handshake client(Side::client,
                         parameters({Protection::chacha20_poly1305, Protection::aes256_gcm,
                                     Protection::aes128_gcm}));
        Handshake server(Side::server,
                         parameters({Protection::aes128_gcm, Protection::aes256_gcm}));
        CPPUNIT_ASSERT(run(client, server) == TransportError::no_error);
        CPPUNIT_ASSERT(server.protection() == Protection::aes256_gcm);
        CPPUNIT_ASSERT(client.protection() == Protection::aes256_gcm);
    }
    void nobody_falls_back_to_no_protection() {
        Handshake client(Side::client, parameters({Protection::none}));
        Handshake server(Side::server, parameters({Protection::aes128_gcm}));
        CPPUNIT_ASSERT(run(client, server) == TransportError::handshake_failed);
        Handshake mixed(Side::client, parameters({Protection::aes128_gcm, Protection::none}));
        Handshake any(Side::server, parameters({Protection::none}));
        CPPUNIT_ASSERT(run(mixed, any) == TransportError::parameter_error);
    }
    void a_client_takes_no_other_answer_than_it_offered() {
        Handshake client(Side::client, parameters({Protection::aes128_gcm}));
        CPPUNIT_ASSERT(answered(client, parameters({Protection::aes256_gcm})) ==
                       TransportError::handshake_failed);
        Handshake other(Side::client, parameters({Protection::aes128_gcm, Protection::aes256_gcm}));
        CPPUNIT_ASSERT(
            answered(other, parameters({Protection::aes128_gcm, Protection::aes256_gcm})) ==
            TransportError::handshake_failed);
    }
    void refuses_another_version() {
        Handshake client(Side::client, parameters({Protection::none}));
        auto answer = parameters({Protection::none});
        answer.version = Version(9);
        CPPUNIT_ASSERT(answered(client, answer) == TransportError::version_error);
    }
    void runs_tls_behind_the_parameters() {
        crypto::EnginePair engines;
        Handshake client(Side::client, parameters({Protection::aes128_gcm}),
                         std::move(engines.client));
        Handshake server(Side::server, parameters({Protection::aes128_gcm}),
                         std::move(engines.server));
        HandshakeStream at_client;
        HandshakeStream at_server;
        for (int flight = 0; flight < 4; ++flight) {
            CPPUNIT_ASSERT(client.advance(at_client) == TransportError::no_error);
            pass_on(at_client, at_server);
            CPPUNIT_ASSERT(server.advance(at_server) == TransportError::no_error);
            pass_on(at_server, at_client);
        }
        CPPUNIT_ASSERT(client.done() && server.done());
        const auto context = as_bytes("context");
        const auto ours = client.tls()->export_key("EXPORTER-test", context, 32).value();
        const auto theirs = server.tls()->export_key("EXPORTER-test", context, 32).value();
        CPPUNIT_ASSERT(std::ranges::equal(ours.view(), theirs.view()));
    }
    void tells_why_tls_says_no() {
        crypto::EnginePair engines(
            crypto::EnginePair::pinned(crypto::EnginePair::certificates().other),
            crypto::EnginePair::serving(crypto::EnginePair::certificates().server));
        Handshake client(Side::client, parameters({Protection::aes128_gcm}),
                         std::move(engines.client));
        Handshake server(Side::server, parameters({Protection::aes128_gcm}),
                         std::move(engines.server));
        CPPUNIT_ASSERT(run(client, server) == TransportError::handshake_failed);
        CPPUNIT_ASSERT(!client.done() && client.failure()->code == ErrorCode::security);
    }
    void takes_parameters_byte_by_byte_and_no_longer_than_the_limit() {
        Handshake client(Side::client, parameters({Protection::none}));
        HandshakeStream stream;
        std::uint64_t offset = 0;
        for (const std::byte b : parameters({Protection::none}).encode()) {
            CPPUNIT_ASSERT(!client.done());
            (void)stream.on_crypto({offset++, ByteView(&b, 1)});
            CPPUNIT_ASSERT(client.advance(stream) == TransportError::no_error);
        }
        CPPUNIT_ASSERT(client.done());
        Handshake other(Side::client, parameters({Protection::none}));
        HandshakeStream longer;
        (void)longer.on_crypto({0, as_bytes("\x04\x01")});
        CPPUNIT_ASSERT(other.advance(longer) == TransportError::parameter_error);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HandshakeTest);

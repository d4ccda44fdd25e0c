#include "security_world.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/limits.h>
#include <cs/wire/error_message.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// What comes to a port that wants TLS and speaks none, and what TLS finds on a port that has none.
class SecureGateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecureGateTest);
    CPPUNIT_TEST(a_plain_client_is_told_in_its_own_words);
    CPPUNIT_TEST(the_farewell_survives_what_the_client_still_sends);
    CPPUNIT_TEST(a_client_of_another_protocol_is_dropped);
    CPPUNIT_TEST(a_tls_client_is_told_that_the_server_is_plain);
    CPPUNIT_TEST(a_silent_client_is_dropped_in_time);
    CPPUNIT_TEST(a_client_that_stops_in_the_handshake_is_dropped_in_time);
    CPPUNIT_TEST(a_flood_of_silent_clients_keeps_nobody_out);
    CPPUNIT_TEST(a_silent_server_is_given_up_in_time);
    CPPUNIT_TEST(a_server_goes_down_in_the_midst_of_handshakes);
    CPPUNIT_TEST(a_cancelled_connection_calls_nobody);
    CPPUNIT_TEST(a_cable_that_is_cut_at_any_moment_of_the_handshake);
    CPPUNIT_TEST_SUITE_END();

    static std::string read_until_end(SecurityWorld& world, Stream& stream) {
        std::string text;
        bool over = false;
        stream.set_callbacks({[&] {
                                  std::array<std::byte, 4096> buffer;
                                  const auto got = stream.read(buffer);
                                  if (!got || got->end) {
                                      over = true;
                                      stream.set_interest(Interest::none);
                                      return;
                                  }
                                  text += as_text(ByteView(buffer).first(got->bytes));
                              },
                              {},
                              [&](const Error&) { over = true; }});
        stream.set_interest(Interest::read);
        CPPUNIT_ASSERT(world.cs.run_until([&] { return over; }, 60s));
        stream.set_callbacks({});
        return text;
    }
    static void send(Stream& stream, std::string_view text) {
        const auto bytes = as_bytes(text);
        CPPUNIT_ASSERT(stream.write(std::span(&bytes, 1)).value() == bytes.size());
    }

  public:
    void a_plain_client_is_told_in_its_own_words() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        world.cs.connect();
        const auto result = world.cs.get("a");
        CPPUNIT_ASSERT(result.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string("security"), std::string(error_name(result.error->code)));
        CPPUNIT_ASSERT(result.error->message.find("secured connections only") != std::string::npos);
        CPPUNIT_ASSERT(world.cs.run_until([&] { return world.away.size() == 1; }));
        CPPUNIT_ASSERT(world.cs.log.empty());
    }
    void the_farewell_survives_what_the_client_still_sends() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        auto stream = world.cs.raw_stream();
        send(*stream, "\x01\xC5\x01" + std::string(20'000, 'x'));
        const auto told = read_until_end(world, *stream);
        const auto header = FrameHeader::decode(as_bytes(told)).value();
        CPPUNIT_ASSERT(header.type == FrameType::error && header.id == kConnectionId);
        const auto message =
            ErrorMessage::decode(as_bytes(told).subspan(FrameHeader::kSize)).value();
        CPPUNIT_ASSERT(message.code == ErrorCode::security);
        // It does not read for ever.
        CPPUNIT_ASSERT(world.cs.run_until([&] { return world.away.size() == 1; }, 5s));
    }
    void a_client_of_another_protocol_is_dropped() {
        for (const std::string_view first : {"GET / HTTP/1.1\r\n", "\0\0\0\0", "xx"}) {
            SecurityWorld world;
            world.serve({.certificate_file = "server"});
            auto stream = world.cs.raw_stream();
            send(*stream, std::string(first) + "..");
            CPPUNIT_ASSERT_EQUAL(std::string(), read_until_end(world, *stream));
            CPPUNIT_ASSERT(world.away.size() == 1);
        }
    }
    void a_tls_client_is_told_that_the_server_is_plain() {
        for (const auto& said :
             {ClientSecurity{.key_file = "key"}, ClientSecurity{.trust_new = true},
              ClientSecurity{.ca_file = "ca"}}) {
            SecurityWorld world;
            world.cs.start_server();
            const auto outcome = world.connect(said);
            CPPUNIT_ASSERT(!outcome.ok());
            const auto told = describe(outcome.error());
            CPPUNIT_ASSERT_MESSAGE(told, outcome.error().code == ErrorCode::security);
            CPPUNIT_ASSERT_MESSAGE(told, told.find("without TLS") != std::string::npos);
        }
    }
    void a_silent_client_is_dropped_in_time() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        const auto stream = world.cs.raw_stream();
        CPPUNIT_ASSERT(world.cs.run_until([&] { return !world.away.empty(); }, 11s));
        CPPUNIT_ASSERT(world.away.front().code == ErrorCode::timeout);
    }
    void a_client_that_stops_in_the_handshake_is_dropped_in_time() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        const auto stream = world.cs.raw_stream();
        send(*stream, std::string("\x16\x03\x01\x02\x00\x01", 6));
        CPPUNIT_ASSERT(world.cs.run_until([&] { return !world.away.empty(); }, 11s));
        CPPUNIT_ASSERT(world.away.front().code == ErrorCode::timeout);
    }
    void a_flood_of_silent_clients_keeps_nobody_out() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        std::vector<std::unique_ptr<Stream>> silent;
        for (std::size_t i = 0; i < limits::kMaxHandshakes + 5; ++i)
            silent.push_back(world.cs.raw_stream());
        const auto outcome = world.get({.trust_new = true});
        CPPUNIT_ASSERT_MESSAGE(outcome ? "" : describe(outcome.error()), outcome.ok());
        CPPUNIT_ASSERT(world.away.size() >= 5);
        CPPUNIT_ASSERT(world.away.front().code == ErrorCode::limit);
    }
    void a_silent_server_is_given_up_in_time() {
        SecurityWorld world;
        std::vector<std::unique_ptr<Stream>> taken;
        auto listener =
            world.cs.server_transport
                .listen(world.cs.server_loop, {world.cs.network.address("server"), 0}, {},
                        [&](std::unique_ptr<Stream> stream) { taken.push_back(std::move(stream)); })
                .value();
        world.cs.address = listener->local();
        const auto before = world.cs.clock.now();
        const auto outcome = world.connect({.key_file = "key"});
        CPPUNIT_ASSERT(!outcome.ok() && outcome.error().code == ErrorCode::timeout);
        CPPUNIT_ASSERT(world.cs.clock.now() - before < 15s);
    }
    void a_server_goes_down_in_the_midst_of_handshakes() {
        SecurityWorld world;
        world.serve({.certificate_file = "server"});
        auto silent = world.cs.raw_stream();
        auto begun = world.cs.raw_stream();
        send(*begun, std::string("\x16\x03\x01\x02\x00\x01", 6));
        auto plain = world.cs.raw_stream();
        send(*plain, "\x01\xC5\x01");
        world.cs.stop_server();
        for (auto* stream : {silent.get(), begun.get(), plain.get()})
            (void)read_until_end(world, *stream);
        world.gate.reset();
    }
    void a_cancelled_connection_calls_nobody() {
        // At any moment: while files are read, while it connects, in the handshake.
        for (int moment = 0; moment < 12; ++moment) {
            SecurityWorld world(1, {.delay = 10ms});
            world.serve({.certificate_file = "server"});
            world.dialer = std::make_unique<SecureDialer>(
                DialParts{world.cs.client_transport, world.services, world.clock, *world.cs.runner},
                ClientSecurity{.trust_new = true});
            bool called = false;
            auto pending =
                world.dialer->connect(world.cs.client_loop, world.host(), {},
                                      [&](Result<std::unique_ptr<Stream>>) { called = true; });
            (void)world.cs.run_until([] { return false; }, moment * 7ms);
            CPPUNIT_ASSERT(!called);
            pending.release();
            (void)world.cs.run_until([] { return false; }, 60s);
            CPPUNIT_ASSERT(!called);
        }
    }
    void a_cable_that_is_cut_at_any_moment_of_the_handshake() {
        for (int moment = 0; moment < 16; ++moment) {
            SecurityWorld world(1, {.delay = 10ms});
            world.serve({.certificate_file = "server"});
            world.dialer = std::make_unique<SecureDialer>(
                DialParts{world.cs.client_transport, world.services, world.clock, *world.cs.runner},
                ClientSecurity{
                    .pins = {SecurityWorld::print(crypto::TestCertificates::get().server)}});
            std::optional<Result<std::unique_ptr<Stream>>> outcome;
            auto pending = world.dialer->connect(
                world.cs.client_loop, world.host(), {},
                [&](Result<std::unique_ptr<Stream>> made) { outcome = std::move(made); });
            (void)world.cs.run_until([] { return false; }, moment * 5ms);
            world.cs.network.cut("server", "client");
            CPPUNIT_ASSERT(world.cs.run_until([&] { return outcome.has_value(); }, 60s));
            if (!outcome->ok())
                CPPUNIT_ASSERT(outcome->error().code == ErrorCode::timeout ||
                               outcome->error().code == ErrorCode::network);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecureGateTest);

#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/frame_decoder.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Connections that a server does not take.
class RefusalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RefusalTest);
    CPPUNIT_TEST(a_refused_client_that_asks_at_once_hears_why);
    CPPUNIT_TEST(a_refused_client_that_stays_is_closed);
    CPPUNIT_TEST(a_refused_client_that_talks_on_is_closed);
    CPPUNIT_TEST(a_flood_of_refused_clients_is_closed_without_a_word);
    CPPUNIT_TEST(the_classic_wire_has_no_word_for_it);
    CPPUNIT_TEST(an_address_that_waits_for_files_leaves_some_to_others);
    CPPUNIT_TEST_SUITE_END();

    CsWorld world_{3};
    std::vector<std::unique_ptr<Stream>> streams_;

    // With one connection that it takes.
    void start_full(Wire wire = Wire::cs1) {
        ServerOptions options;
        options.wire = wire;
        options.admission.connections = 1;
        options.admission.new_per_second = 0;
        world_.start_server(options);
        streams_.push_back(world_.raw_stream());
        CPPUNIT_ASSERT(world_.run_until([this] { return world_.server->connections() == 1; }, 1s));
    }
    static void write(Stream& stream, const Bytes& bytes) {
        const ByteView view(bytes);
        (void)stream.write(std::span(&view, 1));
    }
    // What came until the server ended, or what there is when it does not.
    static Bytes read(CsWorld& world, Stream& stream) {
        Bytes all;
        for (int i = 0; i < 100; ++i) {
            Bytes buffer(4096);
            const auto got = stream.read(buffer);
            if (!got || got->end) break;
            buffer.resize(got->bytes);
            all = all + buffer;
            world.clock.run_for(1ms);
        }
        return all;
    }

  public:
    void a_refused_client_that_asks_at_once_hears_why() {
        start_full();
        const auto refused = world_.raw_stream();
        write(*refused, file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
        const auto said = read(world_, *refused);
        FrameDecoder decoder(Role::client);
        decoder.feed(said);
        const auto piece = decoder.next().value();
        CPPUNIT_ASSERT(piece && piece->header.type == FrameType::error);
        CPPUNIT_ASSERT(piece->header.id == kConnectionId);
        CPPUNIT_ASSERT(ErrorMessage::decode(piece->body).value().code == ErrorCode::busy);
        CPPUNIT_ASSERT(world_.log.back().service == kRefusedConnection);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world_.server->connections());
    }
    void a_refused_client_that_stays_is_closed() {
        start_full();
        const auto refused = world_.raw_stream();
        world_.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world_.server->farewells());
        world_.clock.run_for(2s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.server->farewells());
    }
    void a_refused_client_that_talks_on_is_closed() {
        start_full();
        const auto refused = world_.raw_stream();
        const Bytes chatter(16 * 1024);
        for (int i = 0; i < 50 && (i == 0 || world_.server->farewells() > 0); ++i) {
            write(*refused, chatter);
            world_.clock.run_for(10ms);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.server->farewells());
    }
    void a_flood_of_refused_clients_is_closed_without_a_word() {
        start_full();
        for (std::size_t i = 0; i < limits::kMaxFarewells + 20; ++i)
            streams_.push_back(world_.raw_stream());
        world_.clock.run_for(10ms);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxFarewells, world_.server->farewells());
        CPPUNIT_ASSERT(read(world_, *streams_.back()).empty());
        CPPUNIT_ASSERT_EQUAL(limits::kMaxFarewells + 1,
                             world_.network.open_objects(world_.server_loop).streams);
    }
    void the_classic_wire_has_no_word_for_it() {
        start_full(Wire::classic);
        const auto refused = world_.raw_stream();
        CPPUNIT_ASSERT(read(world_, *refused).empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.server->farewells());
    }
    // The first one takes nothing of what it asked for; what it may have is all in use.
    void an_address_that_waits_for_files_leaves_some_to_others() {
        world_.server_files.write_file("a", content(3'000'000));
        ServerOptions options;
        options.max_open_files = 3;
        options.max_open_files_per_address = 2;
        world_.start_server(options);
        for (int i = 0; i < 4; ++i) {
            streams_.push_back(world_.raw_stream());
            write(*streams_.back(),
                  file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
        }
        world_.clock.run_for(100ms);
        SimConnector connector(world_.network, "another");
        std::unique_ptr<Stream> other;
        const auto pending = connector.connect(
            world_.client_loop, {world_.address.address.to_string(), world_.address.port}, {},
            [&](Result<std::unique_ptr<Stream>> made) { other = std::move(made).value(); });
        CPPUNIT_ASSERT(world_.run_until([&] { return other != nullptr; }, 1s));
        write(*other, file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
        world_.clock.run_for(100ms);
        CPPUNIT_ASSERT(read(world_, *other).size() > 1000);
        CPPUNIT_ASSERT(read(world_, *streams_.back()).empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RefusalTest);

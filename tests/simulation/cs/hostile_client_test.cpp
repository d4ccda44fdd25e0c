#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/frame_decoder.h>
#include <cs/wire/put_request.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Clients that are silent, slow or malicious. The server stays within its limits and serves the
// others.
class HostileClientTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HostileClientTest);
    CPPUNIT_TEST(a_thousand_silent_connections_do_not_hinder_another);
    CPPUNIT_TEST(silent_connections_are_closed);
    CPPUNIT_TEST(a_request_that_drips_is_cut_off);
    CPPUNIT_TEST(a_client_that_takes_nothing_is_cut_off);
    CPPUNIT_TEST(garbage_is_answered_with_an_error);
    CPPUNIT_TEST(paths_that_leave_the_root_are_denied);
    CPPUNIT_TEST(connections_beyond_the_limit_are_told_so);
    CPPUNIT_TEST(open_files_beyond_the_limit_wait);
    CPPUNIT_TEST(a_client_that_resets_leaves_nothing_open);
    CPPUNIT_TEST(a_put_that_does_not_keep_its_word_is_not_stored);
    CPPUNIT_TEST(a_put_that_drips_is_cut_off_and_leaves_nothing);
    CPPUNIT_TEST_SUITE_END();

    static void write_all(CsWorld& world, Stream& stream, ByteView bytes) {
        while (!bytes.empty()) {
            const auto count = stream.write(std::span(&bytes, 1)).value();
            bytes = bytes.subspan(count);
            if (count == 0) world.clock.run_for(1ms);
        }
    }
    // All that the server says until it ends the connection.
    static Bytes read_all(CsWorld& world, Stream& stream, Duration limit = 200s) {
        Bytes all;
        const auto end = world.clock.now() + limit;
        while (world.clock.now() < end) {
            Bytes buffer(4096);
            auto read = stream.read(buffer);
            if (!read || read->end) return all;
            all = all +
                  Bytes(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(read->bytes));
            if (read->bytes == 0) world.clock.run_for(10ms);
        }
        CPPUNIT_FAIL("the connection was not ended");
        return all;
    }

    static Bytes put_frame(FrameType type, const Bytes& body) {
        return make_frame(type, ServiceId::put, RequestId(1), body);
    }
    static Bytes put_request(std::string path, std::uint64_t size) {
        return put_frame(FrameType::request,
                         PutRequest{std::move(path), size, CheckAlgorithm::crc32c, true}.encode());
    }
    // Why the server refused what was sent, if it did.
    static std::optional<ErrorCode> refusal(CsWorld& world, const Bytes& bytes) {
        const auto stream = world.raw_stream();
        write_all(world, *stream, bytes);
        CPPUNIT_ASSERT(stream->finish_writing());
        const auto said = read_all(world, *stream);
        FrameDecoder decoder(Role::client);
        decoder.feed(said);
        while (auto piece = decoder.next().value())
            if (piece->header.type == FrameType::error)
                return ErrorMessage::decode(piece->body).value().code;
        return std::nullopt;
    }

  public:
    void a_put_that_does_not_keep_its_word_is_not_stored() {
        CsWorld world(1);
        world.start_server({.writable = true});
        Crc32c crc;
        crc.update(as_bytes("hello"));
        const auto end = [&](std::uint64_t total, const Bytes& check) {
            return put_frame(FrameType::end,
                             FileEnd{total, {CheckAlgorithm::crc32c, check}}.encode());
        };
        const auto hello = put_frame(FrameType::data, bytes_of("hello"));
        const auto good = end(5, crc.bytes());
        const auto try_it = [&](const Bytes& frames) { return refusal(world, frames); };
        CPPUNIT_ASSERT(try_it(put_request("long", 4) + hello + good) == ErrorCode::protocol);
        CPPUNIT_ASSERT(try_it(put_request("short", 6) + hello + good) == ErrorCode::protocol);
        CPPUNIT_ASSERT(try_it(put_request("bad", 5) + hello + end(5, Bytes(4))) ==
                       ErrorCode::integrity);
        CPPUNIT_ASSERT(try_it(put_request("none", 5) + hello + put_frame(FrameType::end, {})) ==
                       ErrorCode::protocol);
        CPPUNIT_ASSERT(try_it(put_request("cut", 5) + hello) == ErrorCode::network);
        CPPUNIT_ASSERT(try_it(put_request("../out", 5) + hello + good) == ErrorCode::denied);
        CPPUNIT_ASSERT(try_it(put_request("sub/", 5) + hello + good) == ErrorCode::usage);
        CPPUNIT_ASSERT(world.run_until([&] { return world.server_files.used() == 0; }));
        CPPUNIT_ASSERT(world.server_files.all_names().empty());
        CPPUNIT_ASSERT(try_it(put_request("fine", 5) + hello + good) == std::nullopt);
        CPPUNIT_ASSERT_EQUAL(std::string("hello"), world.server_files.read_file("fine"));
    }
    void a_put_that_drips_is_cut_off_and_leaves_nothing() {
        CsWorld world(1);
        world.start_server({.writable = true});
        const auto stream = world.raw_stream();
        write_all(world, *stream, put_request("a", 1'000'000));
        const auto data = put_frame(FrameType::data, Bytes(100'000));
        for (std::size_t i = 0; i < 100 && world.server->connections() > 0; ++i) {
            (void)stream->write(std::vector{ByteView(data).subspan(i * 100, 100)});
            world.clock.run_for(1s);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world.server->connections());
        CPPUNIT_ASSERT(world.run_until([&] { return world.server_files.used() == 0; }));
    }
    void a_thousand_silent_connections_do_not_hinder_another() {
        CsWorld world(1);
        world.server_files.write_file("a", content(500'000));
        ServerOptions options;
        options.admission.per_address = 2000;
        options.admission.new_per_second = 0;
        world.start_server(options);
        std::vector<std::unique_ptr<Stream>> silent;
        for (int i = 0; i < 1000; ++i) silent.push_back(world.raw_stream());
        const auto start = world.clock.now();
        CPPUNIT_ASSERT(!world.get("a").error);
        CPPUNIT_ASSERT(world.clock.now() - start < 1s);
    }
    void silent_connections_are_closed() {
        CsWorld world(1);
        world.start_server();
        std::vector<std::unique_ptr<Stream>> silent;
        for (int i = 0; i < 100; ++i) silent.push_back(world.raw_stream());
        world.clock.run_for(9s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{100}, world.server->connections());
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }, 6s));
    }
    void a_request_that_drips_is_cut_off() {
        CsWorld world(1);
        world.start_server();
        const auto stream = world.raw_stream();
        const auto request = file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode());
        const auto start = world.clock.now();
        for (std::size_t i = 0; i < request.size() && world.server->connections() > 0; ++i) {
            (void)stream->write(std::vector{ByteView(request).subspan(i, 1)});
            world.clock.run_for(1s);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world.server->connections());
        CPPUNIT_ASSERT(world.clock.now() - start < 14s);
    }
    void a_client_that_takes_nothing_is_cut_off() {
        CsWorld world(1);
        world.server_files.write_file("a", content(3'000'000));
        world.start_server();
        const auto stream = world.raw_stream();
        write_all(world, *stream, file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }, 100s));
        CPPUNIT_ASSERT(world.log.at(0).error.has_value());
    }
    void garbage_is_answered_with_an_error() {
        CsWorld world(1);
        world.start_server();
        const auto stream = world.raw_stream();
        write_all(world, *stream, bytes_of("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        const auto said = read_all(world, *stream);
        const auto header = FrameHeader::decode(said).value();
        CPPUNIT_ASSERT(header.type == FrameType::error && header.id == kConnectionId);
        const auto message = ErrorMessage::decode(ByteView(said).subspan(12)).value();
        CPPUNIT_ASSERT(message.code == ErrorCode::protocol);
    }
    void paths_that_leave_the_root_are_denied() {
        CsWorld world(1);
        world.server_files.write_file("a", "secret");
        world.start_server();
        for (const auto* path : {"../a", "/a", "x/../../a", ".."}) {
            CPPUNIT_ASSERT(world.get(path).error->code == ErrorCode::denied);
            CPPUNIT_ASSERT(world.list(path, true).error().code == ErrorCode::denied);
        }
        CPPUNIT_ASSERT(world.get(std::string("a\0", 2)).error->code == ErrorCode::usage);
        CPPUNIT_ASSERT(world.client_files.all_names().empty());
    }
    void connections_beyond_the_limit_are_told_so() {
        CsWorld world(1);
        world.server_files.write_file("a", "x");
        ServerOptions options;
        options.admission.connections = 3;
        world.start_server(options);
        std::vector<std::unique_ptr<Stream>> silent;
        for (int i = 0; i < 3; ++i) silent.push_back(world.raw_stream());
        world.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, world.server->connections());
        const auto result = world.get("a");
        CPPUNIT_ASSERT(result.error && result.error->code == ErrorCode::busy);
        CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }));
        world.channel.reset();
        CPPUNIT_ASSERT(!world.get("a").error);
    }
    void open_files_beyond_the_limit_wait() {
        CsWorld world(1);
        ServerOptions options;
        options.max_open_files = 1;
        world.server_files.write_file("a", content(2'000'000));
        world.start_server(options);
        const auto slow = world.raw_stream();
        write_all(world, *slow, file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
        world.clock.run_for(1s);
        CPPUNIT_ASSERT(!world.get("a").error);  // once the slow one was cut off
    }
    void a_client_that_resets_leaves_nothing_open() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            CsWorld world(seed);
            world.server_files.write_file("a", content(3'000'000));
            world.start_server();
            auto stream = world.raw_stream();
            write_all(world, *stream,
                      file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()));
            world.clock.run_for(std::chrono::milliseconds(seed));
            stream->abort();
            CPPUNIT_ASSERT(world.run_until([&] { return world.server->connections() == 0; }, 5s));
            CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                                 world.network.open_objects(world.server_loop).streams);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HostileClientTest);

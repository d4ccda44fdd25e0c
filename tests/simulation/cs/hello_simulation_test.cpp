#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/frame_decoder.h>
#include <cs/wire/hello.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Peers that know nothing of HELLO, and one that says it and then gives no credit.
class HelloSimulationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HelloSimulationTest);
    CPPUNIT_TEST(a_client_that_gives_no_credit_is_let_go);
    CPPUNIT_TEST(a_client_without_hello_is_answered_in_order);
    CPPUNIT_TEST(a_server_that_skips_the_hello_is_understood);
    CPPUNIT_TEST_SUITE_END();

    const std::uint64_t kSeeds = seeds(8);

    static void write_all(CsWorld& world, Stream& stream, ByteView bytes) {
        while (!bytes.empty()) {
            bytes = bytes.subspan(stream.write(std::span(&bytes, 1)).value());
            world.clock.run_for(1ms);
        }
    }
    // What has come by now.
    static Bytes read_some(CsWorld& world, Stream& stream) {
        Bytes all;
        Bytes buffer(100'000);
        for (int idle = 0; idle < 20; world.clock.run_for(10ms)) {
            const auto count = stream.read(buffer).value().bytes;
            idle = count == 0 ? idle + 1 : 0;
            all.insert(all.end(), buffer.begin(),
                       buffer.begin() + static_cast<std::ptrdiff_t>(count));
        }
        return all;
    }
    static std::uint64_t count_frames(const Bytes& said, FrameType type, std::uint64_t& bytes) {
        std::uint64_t frames = 0;
        FrameDecoder decoder(Role::client);
        decoder.feed(said);
        while (const auto piece = decoder.next().value()) {
            if (piece->header.type != type) continue;
            bytes += piece->body.size();
            if (piece->last) ++frames;
        }
        return frames;
    }

  public:
    void a_client_that_gives_no_credit_is_let_go() {
        CsWorld world(1);
        for (int i = 0; i < 8; ++i)
            world.server_files.write_file(std::to_string(i), content(1'000'000));
        world.start_server();
        const auto stream = world.raw_stream();
        Hello hello;
        hello.needs = {Feature::streams};
        auto said = make_frame(FrameType::hello, ServiceId::file, kConnectionId, hello.encode());
        for (std::uint32_t i = 0; i < 8; ++i)
            said = said + file_frame(FrameType::request, i + 1,
                                     FileRequest{std::to_string(i), {}}.encode());
        write_all(world, *stream, said);
        std::uint64_t bytes = 0;
        std::uint64_t none = 0;
        const auto heard = read_some(world, *stream);
        CPPUNIT_ASSERT(count_frames(heard, FrameType::data, bytes) > 0);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{65'536}, bytes);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, count_frames(heard, FrameType::error, none));
        world.clock.run_for(31s);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8},
                             count_frames(read_some(world, *stream), FrameType::error, none));
        CPPUNIT_ASSERT_EQUAL(std::size_t{8}, world.log.size());
        CPPUNIT_ASSERT(world.log.at(0).error->code == ErrorCode::timeout);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, world.server->connections());
    }
    void a_client_without_hello_is_answered_in_order() {
        CsWorld world(1);
        world.server_files.write_file("a", content(300'000));
        world.server_files.write_file("b", content(10));
        world.start_server();
        const auto stream = world.raw_stream();
        write_all(world, *stream,
                  file_frame(FrameType::request, 1, FileRequest{"a", {}}.encode()) +
                      file_frame(FrameType::request, 2, FileRequest{"b", {}}.encode()));
        const auto said = read_some(world, *stream);
        FrameDecoder decoder(Role::client);
        decoder.feed(said);
        std::string ends;
        while (const auto piece = decoder.next().value()) {
            CPPUNIT_ASSERT(piece->header.type != FrameType::hello);
            if (piece->header.type == FrameType::response || piece->header.type == FrameType::end)
                ends += std::to_string(static_cast<int>(piece->header.type)) + ":" +
                        std::to_string(piece->header.id.value()) + " ";
        }
        CPPUNIT_ASSERT_EQUAL(std::string("2:1 4:1 2:2 4:2 "), ends);
    }
    void a_server_that_skips_the_hello_is_understood() {
        for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
            CsWorld world(seed);
            const auto file = content(7'000'000);
            Bytes script = file_frame(FrameType::response, 1, FileResponse{file.size()}.encode());
            for (std::size_t at = 0; at < file.size(); at += 1'000'000)
                script =
                    script + file_frame(FrameType::data, 1,
                                        bytes_of(std::string_view(file).substr(at, 1'000'000)));
            script = script + file_frame(FrameType::end, 1, FileEnd{file.size(), {}}.encode());
            const FakeServer server(world, script, FakeServer::After::hold);
            const auto result = world.get("a", false, false);
            CPPUNIT_ASSERT(!result.error);
            CPPUNIT_ASSERT(file == world.client_files.read_file("a"));
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HelloSimulationTest);

#include "fake_server.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/put_request.h>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::cs::testing;

// Clients that give or take a byte every nine seconds, which is often enough for a time-out that
// counts from the last byte. Whatever they are at, the server has its connection back in bounded
// time.
class SlowDripTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SlowDripTest);
    CPPUNIT_TEST(nothing_but_the_first_bytes_of_a_header);
    CPPUNIT_TEST(a_request_after_one_that_was_answered);
    CPPUNIT_TEST(optional_frames_that_nobody_knows);
    CPPUNIT_TEST(the_bytes_of_a_put);
    CPPUNIT_TEST(the_rest_of_a_put_that_was_refused);
    CPPUNIT_TEST(a_put_behind_a_file_that_is_not_taken);
    CPPUNIT_TEST(a_file_that_is_taken_byte_by_byte);
    CPPUNIT_TEST(many_listings_that_are_taken_byte_by_byte);
    CPPUNIT_TEST(the_classic_request);
    CPPUNIT_TEST(the_classic_reply);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kDrip = 9s;

    CsWorld world_{5};
    std::unique_ptr<Stream> stream_;
    Bytes to_drip_;
    std::size_t dripped_ = 0;

    void serve(bool writable = true, Wire wire = Wire::cs1) {
        ServerOptions options;
        options.writable = writable;
        options.wire = wire;
        world_.start_server(options);
        stream_ = world_.raw_stream();
    }
    void send(const Bytes& bytes) {
        for (ByteView rest(bytes); !rest.empty();) {
            const auto count = stream_->write(std::span(&rest, 1));
            if (!count) return;
            rest = rest.subspan(*count);
            if (*count == 0) world_.clock.run_for(1ms);
        }
    }
    void drip_one() {
        if (dripped_ == to_drip_.size()) return;
        const auto byte = ByteView(to_drip_).subspan(dripped_++, 1);
        (void)stream_->write(std::span(&byte, 1));
    }
    void take_one() {
        std::byte byte;
        (void)stream_->read(ByteSpan(&byte, 1));
    }
    // How long the connection held while `act` was done every nine seconds.
    template <class Act>
    void assert_ended_within(Duration limit, Act act) {
        const auto start = world_.clock.now();
        while (world_.server->connections() > 0 && world_.clock.now() - start < limit) {
            act();
            world_.clock.run_for(kDrip);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.server->connections());
    }
    void assert_drip_ends_within(Duration limit, Bytes bytes) {
        to_drip_ = std::move(bytes);
        assert_ended_within(limit, [this] { drip_one(); });
    }

    static Bytes ask(std::uint32_t id) {
        return file_frame(FrameType::request, id, FileRequest{"a", {}}.encode());
    }
    static Bytes put(FrameType type, std::uint32_t id, const Bytes& body) {
        return make_frame(type, ServiceId::put, RequestId(id), body);
    }
    static Bytes ask_put(std::uint32_t id, std::string path, std::uint64_t size) {
        return put(FrameType::request, id,
                   PutRequest{std::move(path), size, CheckAlgorithm::none, true}.encode());
    }

  public:
    void tearDown() override {
        stream_.reset();
        CPPUNIT_ASSERT(world_.run_until([this] { return world_.server->connections() == 0; }));
    }
    void nothing_but_the_first_bytes_of_a_header() {
        serve();
        assert_drip_ends_within(20s, ask(1));
    }
    void a_request_after_one_that_was_answered() {
        world_.server_files.write_file("a", "hello");
        serve();
        send(ask(1));
        world_.clock.run_for(1s);
        assert_drip_ends_within(20s, ask(2));
    }
    void optional_frames_that_nobody_knows() {
        world_.server_files.write_file("a", "hello");
        serve();
        send(ask(1));
        world_.clock.run_for(1s);
        Bytes frames;
        for (int i = 0; i < 100; ++i)
            frames = frames +
                     make_frame(static_cast<FrameType>(200), ServiceId::file, kConnectionId, {});
        assert_drip_ends_within(80s, frames);
    }
    void the_bytes_of_a_put() {
        serve();
        send(ask_put(1, "b", 100'000));
        assert_drip_ends_within(40s, put(FrameType::data, 1, Bytes(50'000)));
        CPPUNIT_ASSERT(world_.run_until([this] { return world_.server_files.used() == 0; }));
    }
    void the_rest_of_a_put_that_was_refused() {
        serve(false);
        send(ask_put(1, "b", 100'000));
        assert_drip_ends_within(80s, put(FrameType::data, 1, Bytes(50'000)));
    }
    void a_put_behind_a_file_that_is_not_taken() {
        world_.server_files.write_file("a", content(3'000'000));
        serve();
        send(ask(1));
        send(ask_put(2, "b", 100'000));
        assert_drip_ends_within(60s, put(FrameType::data, 2, Bytes(50'000)));
    }
    void a_file_that_is_taken_byte_by_byte() {
        world_.server_files.write_file("a", content(3'000'000));
        serve();
        send(ask(1));
        assert_ended_within(60s, [this] { take_one(); });
    }
    void many_listings_that_are_taken_byte_by_byte() {
        for (int i = 0; i < 1000; ++i)
            world_.server_files.write_file("d/" + std::string(200, 'x') + std::to_string(i), "");
        serve();
        for (std::uint32_t id = 1; id <= 20; ++id)
            send(make_frame(FrameType::request, ServiceId::listing, RequestId(id),
                            ListingRequest{"d", false}.encode()));
        assert_ended_within(80s, [this] { take_one(); });
    }
    void the_classic_request() {
        serve(false, Wire::classic);
        assert_drip_ends_within(20s, ClassicRequest{}.encode().value());
    }
    void the_classic_reply() {
        world_.server_files.write_file("a", content(3'000'000));
        serve(false, Wire::classic);
        ClassicRequest request;
        request.name = "a";
        send(request.encode().value());
        assert_ended_within(60s, [this] { take_one(); });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SlowDripTest);

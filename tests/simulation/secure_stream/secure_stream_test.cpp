#include <support/seeds.h>

#include "secure_world.h"

namespace gantry::crypto {
namespace {

class SecureStreamTest : public SecureFixture {
    CPPUNIT_TEST_SUITE(SecureStreamTest);
    CPPUNIT_TEST(opens_and_tells_its_peer);
    CPPUNIT_TEST(a_stream_that_is_cut_short_is_told_after_its_bytes);
    CPPUNIT_TEST(a_reader_that_stops_bounds_what_is_held);
    CPPUNIT_TEST(whole_transfers_come_through_any_network);
    CPPUNIT_TEST_SUITE_END();

  public:
    void opens_and_tells_its_peer() {
        Ends ends(world_);
        secure_client(std::move(ends.client));
        secure_server(std::move(ends.server), server_engine());
        run_until([&] { return both(); });
        const auto security = (*client_)->get()->security();
        CPPUNIT_ASSERT(security.encrypted && security.authenticated);
        CPPUNIT_ASSERT_EQUAL(std::string("TLSv1.3"), security.protocol);
        CPPUNIT_ASSERT_EQUAL(fingerprint_of(TestCertificates::get().server).to_string(),
                             security.peer_identity);
        CPPUNIT_ASSERT(!(*server_)->get()->security().authenticated);
        CPPUNIT_ASSERT((*client_)->get()->engine().export_key("a", {}, 16).ok());
    }
    void a_stream_that_is_cut_short_is_told_after_its_bytes() {
        Ends ends(world_);
        Stream* inner = ends.client.get();
        secure_client(std::move(ends.client));
        secure_server(std::move(ends.server), server_engine());
        run_until([&] { return both(); });
        WatchedStream client(std::move(**client_)), server(std::move(**server_));
        client.write("all there is");
        CPPUNIT_ASSERT(inner->finish_writing().ok());  // as if the cable's owner forged an end
        server.stream->set_interest(Interest::read);
        run_until([&] { return server.closed > 0; });
        CPPUNIT_ASSERT_EQUAL(std::string("all there is"), server.text);
        CPPUNIT_ASSERT(!server.ended);
        expect(ErrorCode::network, server.error);
        CPPUNIT_ASSERT(server.error.message.find("cut short") != std::string::npos);
    }
    void a_reader_that_stops_bounds_what_is_held() {
        Ends ends(world_);
        secure_client(std::move(ends.client));
        secure_server(std::move(ends.server), server_engine());
        run_until([&] { return both(); });
        const std::string block(64 * 1024, 'x');
        const ByteView bytes = as_bytes(block);
        std::size_t sent = 0;
        for (int i = 0; i < 1000; ++i) {
            sent += *(*client_)->get()->write(std::span(&bytes, 1));
            world_.loop.run_for(10ms);
        }
        // The engine's buffer, and the two of the simulated stream.
        CPPUNIT_ASSERT(sent <= 3 * 128 * 1024);
    }
    // Requests and answers of odd sizes, half-closed, over lossy links that split every read.
    void whole_transfers_come_through_any_network() {
        for_each_seed(10, [](std::uint64_t seed) {
            World world(seed);
            LinkOptions link;
            link.delay = 5ms;
            link.loss = 0.02;
            world.network.set_link("client", "server", link);
            SecureConnector server(world.server), client(world.client);
            const std::string request = conformance::pattern(0, 50'000 + 7 * seed);
            const std::string answer = conformance::pattern(1, 300'000 + seed);
            std::optional<WatchedStream> there, here;
            std::size_t answered = 0;
            const auto answer_on = [&] {
                const ByteView rest = as_bytes(answer).subspan(answered);
                answered += *there->stream->write(std::span(&rest, 1));
                if (answered < answer.size()) return there->stream->set_interest(Interest::both);
                (void)there->stream->finish_writing();
                there->stream->set_interest(there->ended ? Interest::none : Interest::read);
            };
            const auto listener =
                must(server.listen(world.loop, {IpAddress::parse("0.0.0.0").value(), 0}, {},
                                   [&](std::unique_ptr<Stream> s) {
                                       there.emplace(std::move(s));
                                       there->on_writable = answer_on;
                                       there->stream->set_interest(Interest::both);
                                   }));
            const auto pending = client.connect(world.loop, {"server", listener->local().port}, {},
                                                [&](auto s) { here.emplace(must(std::move(s))); });
            CPPUNIT_ASSERT(world.loop.run_until([&] { return here.has_value(); }, kLong));
            std::size_t asked = 0;
            here->on_writable = [&] {
                const ByteView rest = as_bytes(request).subspan(asked);
                asked += *here->stream->write(std::span(&rest, 1));
                if (asked < request.size()) return;
                (void)here->stream->finish_writing();
                here->stream->set_interest(Interest::read);
            };
            here->stream->set_interest(Interest::both);
            // A WatchedStream that has read the end wants nothing more.
            const auto done = [&] {
                if (there && there->ended && answered < answer.size())
                    there->stream->set_interest(Interest::write);
                return there && there->ended && here->ended;
            };
            CPPUNIT_ASSERT(world.loop.run_until(done, kLong));
            CPPUNIT_ASSERT(there->text == request && here->text == answer);
            CPPUNIT_ASSERT_EQUAL(0, there->closed + here->closed);
        });
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecureStreamTest);

}  // namespace
}  // namespace gantry::crypto

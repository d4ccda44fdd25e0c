#include "secure_world.h"

namespace gantry::crypto {
namespace {

class SecureHandshakeTest : public SecureFixture {
    CPPUNIT_TEST_SUITE(SecureHandshakeTest);
    CPPUNIT_TEST(takes_nothing_before_it_is_open);
    CPPUNIT_TEST(a_refused_certificate_is_told_at_both_ends);
    CPPUNIT_TEST(a_silent_peer_is_a_timeout);
    CPPUNIT_TEST(a_handshake_that_is_dropped_leaves_nothing);
    CPPUNIT_TEST(a_plain_client_gets_an_error_and_an_end);
    CPPUNIT_TEST(a_plain_server_is_recognised);
    CPPUNIT_TEST_SUITE_END();

  public:
    void takes_nothing_before_it_is_open() {
        Ends ends(world_);
        SecureStream client(world_.loop, std::move(ends.client), client_engine());
        const ByteView early = as_bytes("early");
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *client.write(std::span(&early, 1)));
        CPPUNIT_ASSERT(!client.security().encrypted);
        int writable = 0;
        client.set_callbacks({.writable = [&] { ++writable; }});
        client.set_interest(Interest::write);
        world_.loop.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(0, writable);
        secure_server(std::move(ends.server), server_engine());
        run_until([&] { return writable > 0; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, *client.write(std::span(&early, 1)));
    }
    void a_refused_certificate_is_told_at_both_ends() {
        Ends ends(world_);
        secure_client(std::move(ends.client));
        secure_server(std::move(ends.server),
                      server_engine({.certificate = copy_of(TestCertificates::get().other)}));
        run_until([&] { return both(); });
        expect(ErrorCode::security, client_->error());
        expect(ErrorCode::security, server_->error());
        CPPUNIT_ASSERT(!client_->error().context.empty());
    }
    void a_silent_peer_is_a_timeout() {
        Ends ends(world_);
        const auto start = world_.clock.now();
        secure_client(std::move(ends.client), 7s);
        run_until([&] { return client_.has_value(); });
        expect(ErrorCode::timeout, client_->error());
        CPPUNIT_ASSERT(world_.clock.now() - start == Duration(7s));
    }
    void a_handshake_that_is_dropped_leaves_nothing() {
        Ends ends(world_);
        secure_client(std::move(ends.client));
        secure_server(std::move(ends.server), server_engine());
        client_shake_.release();
        run_until([&] { return server_.has_value(); });
        expect(ErrorCode::network, server_->error());
        CPPUNIT_ASSERT(!client_.has_value());
        ends.listener.reset();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.network.open_objects(world_.loop).total());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, world_.loop.live_timers());
    }
    void a_plain_client_gets_an_error_and_an_end() {
        Ends ends(world_);
        WatchedStream plain(std::move(ends.client));
        plain.stream->set_interest(Interest::read);
        plain.write("\x01\xc5\x01\x02 a request in the clear");
        secure_server(std::move(ends.server), server_engine());
        run_until([&] { return server_.has_value() && (plain.ended || plain.closed > 0); });
        expect(ErrorCode::security, server_->error());
        CPPUNIT_ASSERT(server_->error().message.find("does not speak TLS") != std::string::npos);
    }
    void a_plain_server_is_recognised() {
        Ends ends(world_);
        secure_client(std::move(ends.client));
        WatchedStream plain(std::move(ends.server));
        plain.write("220 welcome\r\n");
        run_until([&] { return client_.has_value(); });
        expect(ErrorCode::security, client_->error());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecureHandshakeTest);

}  // namespace
}  // namespace gantry::crypto

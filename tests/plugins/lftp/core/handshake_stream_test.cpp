#include "packet_probe.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/handshake_stream.h>

using namespace gantry;
using namespace gantry::lftp;

class HandshakeStreamTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HandshakeStreamTest);
    CPPUNIT_TEST(carries_bytes_in_frames_and_puts_them_in_order);
    CPPUNIT_TEST(sends_again_what_was_lost);
    CPPUNIT_TEST(refuses_bytes_too_far_ahead);
    CPPUNIT_TEST(says_no_more_than_its_limit);
    CPPUNIT_TEST_SUITE_END();

    HandshakeStream client_;
    HandshakeStream server_;
    void deliver(PacketProbe& packet) {
        FrameReader reader(packet.builder().writer().written(), PacketSpace::handshake);
        while (const auto frame = reader.next().value())
            CPPUNIT_ASSERT(server_.on_crypto(std::get<CryptoFrame>(*frame)) ==
                           TransportError::no_error);
    }

  public:
    void carries_bytes_in_frames_and_puts_them_in_order() {
        CPPUNIT_ASSERT(client_.say(std::vector<std::byte>(3000, std::byte{7})).ok());
        PacketProbe first;
        PacketProbe second;
        client_.write_frames(first.builder());
        client_.write_frames(second.builder());
        CPPUNIT_ASSERT_EQUAL(std::string("crypto 0+1196\n"), first.frames());
        deliver(second);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, server_.available());
        deliver(first);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2391}, server_.available());
    }
    void sends_again_what_was_lost() {
        (void)client_.say(std::vector<std::byte>(100));
        PacketProbe first;
        client_.write_frames(first.builder());
        CPPUNIT_ASSERT(!client_.ready());
        client_.on_lost(first.record().frames()[0]);
        PacketProbe second;
        client_.write_frames(second.builder());
        CPPUNIT_ASSERT_EQUAL(std::string("crypto 0+100\n"), second.frames());
        client_.on_acked(second.record().frames()[0]);
        client_.on_lost(second.record().frames()[0]);
        CPPUNIT_ASSERT(!client_.ready());
    }
    void refuses_bytes_too_far_ahead() {
        const auto byte = as_bytes("x");
        CPPUNIT_ASSERT(server_.on_crypto({limits::kMaxCryptoAhead - 1, byte}) ==
                       TransportError::no_error);
        CPPUNIT_ASSERT(server_.on_crypto({limits::kMaxCryptoAhead, byte}) ==
                       TransportError::crypto_buffer);
    }
    void says_no_more_than_its_limit() {
        CPPUNIT_ASSERT(client_.say(std::vector<std::byte>(limits::kMaxCryptoBytes)).ok());
        CPPUNIT_ASSERT(client_.say(as_bytes("x")).error().code == ErrorCode::limit);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HandshakeStreamTest);

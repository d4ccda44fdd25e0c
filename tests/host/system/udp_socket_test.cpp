#include "udp_socket.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/system/asio_loop.h>
#include <host/system/system_connector.h>
#include <sys/socket.h>

#include <array>
#include <string>

#include "connect_policy.h"

using namespace gantry;
using gantry::host::OwnedSocket;
using gantry::host::UdpSocket;

namespace {

// What depends on this system's UDP; the rest is in the conformance suite of datagram sockets.
class UdpSocketTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(UdpSocketTest);
    CPPUNIT_TEST(splits_trains_itself_where_the_system_refuses);
    CPPUNIT_TEST(an_ipv6_socket_of_all_addresses_talks_to_ipv4);
    CPPUNIT_TEST(congestion_marks_pass_between_the_families);
    CPPUNIT_TEST(a_full_send_buffer_sends_a_part_of_the_batch);
    CPPUNIT_TEST(a_datagram_that_no_system_can_send_is_an_error);
    CPPUNIT_TEST(fragments_can_be_forbidden_on_both_families);
    CPPUNIT_TEST_SUITE_END();

    host::AsioLoop loop_;
    host::SystemConnector connector_;
    std::array<std::byte, 64 * 1024> memory_{};

    std::unique_ptr<DatagramSocket> open(const char* at, DatagramOptions options = {}) {
        return std::move(*connector_.open_datagram(loop_, *Endpoint::parse(at), options));
    }
    static void send(DatagramSocket& from, const OutDatagram& one) {
        const auto sent = from.send(std::span(&one, 1));
        CPPUNIT_ASSERT(sent.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, *sent);
    }
    InDatagram receive(DatagramSocket& at) {
        InDatagram slot{.buffer = memory_};
        at.set_interest(Interest::read);
        for (int turns = 0; turns < 1000; ++turns) {
            const auto got = at.receive(std::span(&slot, 1));
            CPPUNIT_ASSERT(got.ok());
            if (*got == 1) return slot;
            loop_.run_once(std::chrono::seconds(1));
        }
        CPPUNIT_FAIL("nothing came");
        return slot;
    }

    // The kernel does not split trains of a socket that wants no checksums (udp(7), SO_NO_CHECK).
    void splits_trains_itself_where_the_system_refuses() {
        auto socket = OwnedSocket::open(AF_INET, SOCK_DGRAM);
        CPPUNIT_ASSERT(socket.ok());
        CPPUNIT_ASSERT(host::bind_socket({}, *socket, *Endpoint::parse("127.0.0.1:0")).ok());
        CPPUNIT_ASSERT(socket->set(SOL_SOCKET, SO_NO_CHECK, 1).ok());
        auto sender = UdpSocket::make(loop_, std::move(*socket), AF_INET, {});
        CPPUNIT_ASSERT(sender.ok());
        const auto receiver = open("127.0.0.1:0");
        const std::string train(2050, 'x');
        for (int i = 0; i < 2; ++i) {
            send(**sender, {.to = receiver->local(), .payload = as_bytes(train), .segment = 1000});
            CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, receive(*receiver).size);
            CPPUNIT_ASSERT_EQUAL(std::size_t{1000}, receive(*receiver).size);
            CPPUNIT_ASSERT_EQUAL(std::size_t{50}, receive(*receiver).size);
        }
    }
    void an_ipv6_socket_of_all_addresses_talks_to_ipv4() {
        const auto all = open("[::]:0");
        const auto v4 = open("127.0.0.1:0");
        send(*v4, {.to = {v4->local().address, all->local().port}, .payload = as_bytes("ask")});
        const Endpoint from = receive(*all).from;
        CPPUNIT_ASSERT(from == v4->local());
        send(*all, {.to = from, .payload = as_bytes("answer")});
        CPPUNIT_ASSERT_EQUAL(std::size_t{6}, receive(*v4).size);
    }
    void congestion_marks_pass_between_the_families() {
        const auto all = open("[::]:0");
        const auto v4 = open("127.0.0.1:0");
        const Endpoint to_all{v4->local().address, all->local().port};
        send(*v4, {.to = to_all, .payload = as_bytes("x"), .ecn = Ecn::ce});
        CPPUNIT_ASSERT(Ecn::ce == receive(*all).ecn);
        send(*all, {.to = v4->local(), .payload = as_bytes("x"), .ecn = Ecn::ect1});
        CPPUNIT_ASSERT(Ecn::ect1 == receive(*v4).ecn);
    }
    // On loopback what is sent leaves the send buffer at once, unless the receiver's is full; so
    // all that can be shown is that every count is right and nothing is an error.
    void a_full_send_buffer_sends_a_part_of_the_batch() {
        const auto sender = open("127.0.0.1:0", {.send_buffer = ByteCount(4096)});
        const auto receiver = open("127.0.0.1:0");
        const std::string big(60'000, 'x');
        const OutDatagram one{.to = receiver->local(), .payload = as_bytes(big)};
        const std::array batch{one, one, one};
        std::size_t sent = 0;
        sender->set_interest(Interest::write);
        for (int turns = 0; turns < 1000 && sent < batch.size(); ++turns) {
            const auto went = sender->send(std::span(batch).subspan(sent));
            CPPUNIT_ASSERT(went.ok());
            sent += *went;
            loop_.run_once(std::chrono::milliseconds(100));
        }
    }
    void a_datagram_that_no_system_can_send_is_an_error() {
        const auto sender = open("127.0.0.1:0");
        const auto receiver = open("127.0.0.1:0");
        const std::string big(70'000, 'x');
        const std::array batch{OutDatagram{.to = receiver->local(), .payload = as_bytes("fine")},
                               OutDatagram{.to = receiver->local(), .payload = as_bytes(big)}};
        const auto first = sender->send(batch);
        CPPUNIT_ASSERT(first.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, *first);
        CPPUNIT_ASSERT(!sender->send(std::span(batch).subspan(1)).ok());
    }
    void fragments_can_be_forbidden_on_both_families() {
        for (const char* at : {"127.0.0.1:0", "[::1]:0", "[::]:0"}) {
            const auto socket =
                connector_.open_datagram(loop_, *Endpoint::parse(at), {.forbid_fragments = true});
            CPPUNIT_ASSERT(socket.ok());
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UdpSocketTest);

}  // namespace

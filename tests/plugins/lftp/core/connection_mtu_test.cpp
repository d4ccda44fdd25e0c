#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ConnectionPair::Options searching_up_to(std::size_t largest) {
    auto options = ConnectionPair::options();
    options.client.max_datagram = options.server.max_datagram = largest;
    return options;
}

void let_pass(ConnectionPair& pair, std::size_t most) {
    pair.watch = [most](Side, ByteView datagram) { return datagram.size() <= most; };
}

}  // namespace

class ConnectionMtuTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionMtuTest);
    CPPUNIT_TEST(finds_the_size_of_the_path);
    CPPUNIT_TEST(a_lost_probe_is_no_sign_of_congestion);
    CPPUNIT_TEST(gets_out_of_a_black_hole);
    CPPUNIT_TEST(a_path_that_loses_is_no_black_hole);
    CPPUNIT_TEST(begins_again_after_a_move);
    CPPUNIT_TEST_SUITE_END();

  public:
    void finds_the_size_of_the_path() {
        ConnectionPair pair(searching_up_to(1472));
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(seconds(2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, pair.client().mtu().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, pair.server().mtu().size());
        const auto id = pair.client().open_stream().value();
        (void)pair.client().write(id, std::vector<std::byte>(50'000));
        std::vector<std::byte> buffer(64 * 1024);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472},
                             pair.client().poll_transmit(buffer, pair.now()).segment);
    }
    void a_lost_probe_is_no_sign_of_congestion() {
        ConnectionPair pair(searching_up_to(1472));
        let_pass(pair, 1400);
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(seconds(30));
        const auto& client = pair.client();
        CPPUNIT_ASSERT(client.mtu().size() > 1380 && client.mtu().size() <= 1400);
        CPPUNIT_ASSERT(client.mtu().state() == MtuState::complete);
        const auto& fake = dynamic_cast<const FakeController&>(client.recovery().controller());
        CPPUNIT_ASSERT(fake.notes.find('l') == std::string::npos);
    }
    void gets_out_of_a_black_hole() {
        ConnectionPair pair(searching_up_to(1472));
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(seconds(2));
        let_pass(pair, 1250);
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               1'000'000);
        CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(6)));
        CPPUNIT_ASSERT(pair.client().mtu().size() <= 1250);
    }
    void a_path_that_loses_is_no_black_hole() {
        auto options = searching_up_to(1472);
        options.forth.loss = 0.1;
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm(seconds(10)));
        pair.run_for(seconds(5));
        std::size_t fallen = 0;
        TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                               3'000'000);
        CPPUNIT_ASSERT(pair.run(
            [&] {
                fallen += pair.client().mtu().size() < 1452 ? 1 : 0;
                return transfer.pump(pair.now());
            },
            seconds(30)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, fallen);
    }
    void begins_again_after_a_move() {
        auto options = searching_up_to(1472);
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm());
        pair.run_for(seconds(2));
        let_pass(pair, 1300);
        pair.client_address = Endpoint::parse("198.51.100.7:4000").value();
        pair.run_for(seconds(30));
        CPPUNIT_ASSERT(pair.server().path().address() == pair.client_address);
        CPPUNIT_ASSERT(pair.server().mtu().size() <= 1300);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionMtuTest);

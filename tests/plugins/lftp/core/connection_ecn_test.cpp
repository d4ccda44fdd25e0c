#include "forged_packet.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::seconds;

ConnectionPair::Options congested_link() {
    auto options = ConnectionPair::options();
    options.forth.rate = BytesPerSecond(1'000'000);
    options.forth.mark_above = ByteCount(10'000);
    return options;
}

void carry(ConnectionPair& pair, std::uint64_t bytes) {
    TransferCheck transfer(pair.client(), pair.server(), pair.client().open_stream().value(),
                           bytes);
    CPPUNIT_ASSERT(pair.run([&] { return transfer.pump(pair.now()); }, seconds(20)));
}

std::string told_to_controller(ConnectionPair& pair) {
    return dynamic_cast<const FakeController&>(pair.client().recovery().controller()).notes;
}

}  // namespace

class ConnectionEcnTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionEcnTest);
    CPPUNIT_TEST(marks_packets_and_tells_the_controller_of_ce);
    CPPUNIT_TEST(marks_no_more_when_the_path_wipes_marks_off);
    CPPUNIT_TEST(asks_for_fewer_acks_of_a_fast_path);
    CPPUNIT_TEST_SUITE_END();

  public:
    void marks_packets_and_tells_the_controller_of_ce() {
        ConnectionPair pair(congested_link());
        CPPUNIT_ASSERT(pair.confirm());
        carry(pair, 300'000);
        CPPUNIT_ASSERT(pair.client().recovery().ecn_state(PacketSpace::data) == EcnState::capable);
        CPPUNIT_ASSERT(told_to_controller(pair).find('m') != std::string::npos);
    }
    void marks_no_more_when_the_path_wipes_marks_off() {
        ConnectionPair pair(congested_link());
        int marked = 0;
        pair.remark = [&](EcnMark mark) {
            marked += mark == EcnMark::none ? 0 : 1;
            return EcnMark::none;
        };
        CPPUNIT_ASSERT(pair.confirm());
        carry(pair, 300'000);
        CPPUNIT_ASSERT(!pair.client().recovery().marks() && marked > 0 && marked < 120);
        CPPUNIT_ASSERT(told_to_controller(pair).find('m') == std::string::npos);
    }
    void asks_for_fewer_acks_of_a_fast_path() {
        auto options = ConnectionPair::options();
        options.controller = [] { return std::make_unique<FakeController>(800 * 1200); };
        ConnectionPair pair(options);
        CPPUNIT_ASSERT(pair.confirm());
        carry(pair, 300'000);
        const auto before = pair.sent(Side::server);
        const auto forth = pair.sent(Side::client);
        carry(pair, 3'000'000);
        const auto acks = pair.sent(Side::server) - before;
        CPPUNIT_ASSERT((pair.sent(Side::client) - forth) / acks >= 30);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionEcnTest);

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/fixed.h>
#include <support/congestion_feed.h>

using namespace gantry;
using namespace gantry::lftp;
using gantry::testing::CongestionFeed;
using std::chrono::milliseconds;

class FixedTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FixedTest);
    CPPUNIT_TEST(paces_at_the_rate_that_was_set);
    CPPUNIT_TEST(lets_two_round_trips_of_the_rate_fly);
    CPPUNIT_TEST(keeps_its_rate_through_loss);
    CPPUNIT_TEST_SUITE_END();

    Fixed fixed_{CongestionSettings{.datagram = 1200, .rate = BytesPerSecond(12'500'000)}};
    CongestionFeed feed_{fixed_};

  public:
    void paces_at_the_rate_that_was_set() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'500'000}, fixed_.pacing_rate().value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'500}, fixed_.send_quantum().value());
    }
    void lets_two_round_trips_of_the_rate_fly() {
        feed_.send(1);
        feed_.wait(milliseconds(100));
        feed_.ack(1);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2'500'000}, feed_.window());
    }
    void keeps_its_rate_through_loss() {
        feed_.send(10);
        feed_.lose(10);
        fixed_.on_persistent_congestion(feed_.now());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12'500'000}, fixed_.pacing_rate().value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FixedTest);

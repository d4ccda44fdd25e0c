#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/server_deadlines.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

// Whether nothing is over just before `due` and something is at it.
void assert_due(ServerDeadlines& deadlines, Duration due) {
    CPPUNIT_ASSERT(deadlines.next() == at(due));
    CPPUNIT_ASSERT(!deadlines.check(at(due - 1ns)));
    const auto late = deadlines.check(at(due));
    CPPUNIT_ASSERT(late && late->code == ErrorCode::timeout);
}

}  // namespace

class ServerDeadlinesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerDeadlinesTest);
    CPPUNIT_TEST(waits_ten_seconds_for_the_first_request);
    CPPUNIT_TEST(a_begun_first_request_does_not_lengthen_that);
    CPPUNIT_TEST(waits_ten_seconds_for_the_rest_of_a_request);
    CPPUNIT_TEST(waits_a_minute_for_the_next_request);
    CPPUNIT_TEST(waits_for_its_own_disk_without_end);
    CPPUNIT_TEST(a_client_that_takes_nothing_is_late_after_thirty_seconds);
    CPPUNIT_TEST(a_client_that_takes_enough_goes_on);
    CPPUNIT_TEST(a_client_that_drips_is_late);
    CPPUNIT_TEST(waits_two_seconds_for_the_last_words);
    CPPUNIT_TEST_SUITE_END();

    ServerDeadlines deadlines_{limits::ServerTimes{}, at(0s)};

    void open_a_request(Duration when) {
        deadlines_.request_came();
        deadlines_.busy(true, at(when));
    }

  public:
    void waits_ten_seconds_for_the_first_request() { assert_due(deadlines_, 10s); }
    void a_begun_first_request_does_not_lengthen_that() {
        deadlines_.request_began(at(9s));
        assert_due(deadlines_, 10s);
    }
    void waits_ten_seconds_for_the_rest_of_a_request() {
        open_a_request(1s);
        deadlines_.request_began(at(20s));
        deadlines_.request_began(at(25s));
        assert_due(deadlines_, 30s);
    }
    void waits_a_minute_for_the_next_request() {
        open_a_request(1s);
        deadlines_.busy(false, at(5s));
        deadlines_.busy(false, at(6s));
        assert_due(deadlines_, 65s);
    }
    void waits_for_its_own_disk_without_end() {
        open_a_request(1s);
        CPPUNIT_ASSERT(!deadlines_.next());
        CPPUNIT_ASSERT(!deadlines_.check(at(1000s)));
    }
    void a_client_that_takes_nothing_is_late_after_thirty_seconds() {
        open_a_request(1s);
        deadlines_.transmitting(1000, at(2s));
        assert_due(deadlines_, 32s);
    }
    void a_client_that_takes_enough_goes_on() {
        open_a_request(1s);
        deadlines_.transmitting(1 << 20, at(2s));
        deadlines_.sent(limits::kMinDrained, at(20s));
        CPPUNIT_ASSERT(!deadlines_.check(at(32s)));
        assert_due(deadlines_, 62s);
    }
    void a_client_that_drips_is_late() {
        open_a_request(1s);
        deadlines_.transmitting(1 << 20, at(2s));
        for (int i = 3; i < 32; ++i) deadlines_.sent(100, at(std::chrono::seconds(i)));
        assert_due(deadlines_, 32s);
    }
    void waits_two_seconds_for_the_last_words() {
        deadlines_.closing(at(3s));
        deadlines_.closing(at(4s));
        assert_due(deadlines_, 5s);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ServerDeadlinesTest);

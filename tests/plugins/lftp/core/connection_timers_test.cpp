#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/connection_timers.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::seconds;
using Expired = ConnectionTimers::Expired;

TimePoint at(int second) { return TimePoint(seconds(second)); }

}  // namespace

class ConnectionTimersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionTimersTest);
    CPPUNIT_TEST(ends_a_handshake_that_takes_too_long);
    CPPUNIT_TEST(ends_a_connection_that_hears_nothing);
    CPPUNIT_TEST(waits_for_three_probe_timeouts_at_the_least);
    CPPUNIT_TEST(waits_for_ever_where_nobody_wants_an_end);
    CPPUNIT_TEST(keeps_a_connection_alive_that_wants_it);
    CPPUNIT_TEST(lingers_and_then_nothing_else_counts);
    CPPUNIT_TEST_SUITE_END();

    ConnectionTimers timers_{at(0), false};
    Expired expire(int second) { return timers_.expire(at(second), seconds(1)); }

  public:
    void ends_a_handshake_that_takes_too_long() {
        timers_.on_received(at(20));
        CPPUNIT_ASSERT(expire(29) == Expired::nothing);
        CPPUNIT_ASSERT(expire(30) == Expired::handshake);
        timers_.on_confirmed();
        CPPUNIT_ASSERT(expire(30) == Expired::nothing);
    }
    void ends_a_connection_that_hears_nothing() {
        timers_.on_confirmed();
        timers_.set_idle(seconds(40), seconds(20));
        timers_.on_received(at(5));
        CPPUNIT_ASSERT(timers_.next(seconds(1)) == at(25));
        timers_.on_sent(at(6));
        timers_.on_sent(at(10));
        CPPUNIT_ASSERT(expire(25) == Expired::nothing);
        CPPUNIT_ASSERT(expire(26) == Expired::idle);
    }
    void waits_for_three_probe_timeouts_at_the_least() {
        timers_.on_confirmed();
        timers_.set_idle(seconds(1), seconds(0));
        CPPUNIT_ASSERT(timers_.next(seconds(1)) == at(3));
    }
    void waits_for_ever_where_nobody_wants_an_end() {
        timers_.on_confirmed();
        timers_.set_idle({}, {});
        CPPUNIT_ASSERT(timers_.next(seconds(1)) == TimePoint::max());
    }
    void keeps_a_connection_alive_that_wants_it() {
        ConnectionTimers timers(at(0), true);
        timers.on_confirmed();
        CPPUNIT_ASSERT(timers.next(seconds(1)) == at(15));
        CPPUNIT_ASSERT(timers.expire(at(15), seconds(1)) == Expired::keep_alive);
        CPPUNIT_ASSERT(timers.expire(at(15), seconds(1)) == Expired::nothing);
        timers.on_received(at(16));
        CPPUNIT_ASSERT(timers.expire(at(31), seconds(1)) == Expired::keep_alive);
    }
    void lingers_and_then_nothing_else_counts() {
        ConnectionTimers timers(at(0), true);
        timers.linger(at(3));
        CPPUNIT_ASSERT(timers.next(seconds(1)) == at(3));
        CPPUNIT_ASSERT(timers.expire(at(2), seconds(1)) == Expired::nothing);
        CPPUNIT_ASSERT(timers.expire(at(40), seconds(1)) == Expired::lingering);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionTimersTest);

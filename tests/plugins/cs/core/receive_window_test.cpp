#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/receive_window.h>

using namespace gantry;
using namespace gantry::cs;

// Windows of 1000 bytes at first, 1000 to 8000 in use.
class ReceiveWindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReceiveWindowTest);
    CPPUNIT_TEST(takes_what_there_is_credit_for_and_no_more);
    CPPUNIT_TEST(gives_credit_when_a_quarter_of_the_window_is_free);
    CPPUNIT_TEST(what_came_and_was_not_used_up_gives_no_credit);
    CPPUNIT_TEST(the_round_trip_is_from_a_grant_to_the_first_byte_beyond_the_former_limit);
    CPPUNIT_TEST(a_sender_that_had_nothing_to_send_tells_no_round_trip);
    CPPUNIT_TEST(grows_with_the_rate_up_to_its_largest);
    CPPUNIT_TEST(stays_small_where_the_round_trip_is_short);
    CPPUNIT_TEST(a_slow_consumer_brings_it_down_again);
    CPPUNIT_TEST(never_takes_back_what_it_has_given);
    CPPUNIT_TEST(opening_brings_it_to_the_least_size_in_use);
    CPPUNIT_TEST_SUITE_END();

    static constexpr limits::WindowRange kRange{1000, 1000, 8000};
    ReceiveWindow window_{kRange};
    std::uint64_t told_ = 1000;
    Duration now_ = 1s;

    void receive(std::uint64_t bytes, Duration when = 0s) {
        CPPUNIT_ASSERT(window_.received(bytes, at(when)));
    }
    bool granted(Duration when = 0s) {
        const auto limit = window_.poll_grant(at(when));
        if (limit) told_ = *limit;
        return limit.has_value();
    }
    // A sender that always uses all of its credit, a round trip away, while the bytes are used up
    // at `rate` a second. Answers the window after `rounds`.
    std::uint64_t run(Duration round_trip, double rate, int rounds) {
        for (int i = 0; i < rounds; ++i) {
            const auto burst = window_.room();
            receive(burst, now_);
            const auto time = static_cast<std::int64_t>(static_cast<double>(burst) / rate * 1e9);
            now_ += std::chrono::nanoseconds(time);
            window_.consumed(burst);
            CPPUNIT_ASSERT(granted(now_));
            now_ += round_trip;
        }
        return window_.window();
    }

  public:
    void setUp() override {
        window_ = ReceiveWindow(kRange);
        told_ = 1000;
    }
    void takes_what_there_is_credit_for_and_no_more() {
        receive(1000);
        const auto more = window_.received(1, at(0s));
        CPPUNIT_ASSERT(!more && more.error().code == ErrorCode::protocol);
    }
    void gives_credit_when_a_quarter_of_the_window_is_free() {
        receive(1000);
        window_.consumed(249);
        CPPUNIT_ASSERT(!granted());
        window_.consumed(1);
        CPPUNIT_ASSERT(granted());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1250}, told_);
        CPPUNIT_ASSERT(!granted());
        receive(250);
    }
    void what_came_and_was_not_used_up_gives_no_credit() {
        receive(1000);
        window_.consumed(5000);  // no more than has come
        CPPUNIT_ASSERT(granted());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2000}, told_);
        receive(1000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, window_.held());
        CPPUNIT_ASSERT(!granted());
    }
    void the_round_trip_is_from_a_grant_to_the_first_byte_beyond_the_former_limit() {
        receive(900);
        window_.consumed(900);
        CPPUNIT_ASSERT(granted(10ms));
        receive(100, 11ms);  // was on its way
        CPPUNIT_ASSERT(!window_.round_trip());
        receive(1, 30ms);
        CPPUNIT_ASSERT(window_.round_trip() == Duration(20ms));
    }
    void a_sender_that_had_nothing_to_send_tells_no_round_trip() {
        receive(1000);
        window_.consumed(1000);
        CPPUNIT_ASSERT(granted(0s));
        receive(1, 60s);
        CPPUNIT_ASSERT(!window_.round_trip());
    }
    void grows_with_the_rate_up_to_its_largest() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8000}, run(100ms, 1e6, 20));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8000}, run(100ms, 1e9, 20));
    }
    void stays_small_where_the_round_trip_is_short() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, run(100us, 1e6, 1000));
    }
    void a_slow_consumer_brings_it_down_again() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8000}, run(100ms, 1e6, 20));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, run(100ms, 1e3, 20));
    }
    void never_takes_back_what_it_has_given() {
        (void)run(100ms, 1e6, 20);
        const auto before = told_;
        receive(window_.room(), 100s);
        window_.consumed(4500);
        if (granted(200s)) CPPUNIT_ASSERT(told_ > before);
        CPPUNIT_ASSERT(told_ >= before);
    }
    void opening_brings_it_to_the_least_size_in_use() {
        ReceiveWindow waits({64, 1000, 8000});
        CPPUNIT_ASSERT(waits.received(64, at(0s)));
        CPPUNIT_ASSERT(!waits.poll_grant(at(0s)));
        waits.use();
        CPPUNIT_ASSERT(waits.poll_grant(at(0s)) == std::uint64_t{1000});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReceiveWindowTest);

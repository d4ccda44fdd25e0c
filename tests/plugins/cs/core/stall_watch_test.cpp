#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/stall_watch.h>

using namespace gantry::cs;

class StallWatchTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StallWatchTest);
    CPPUNIT_TEST(runs_from_the_time_that_credit_was_lacking);
    CPPUNIT_TEST(enough_credit_ends_it);
    CPPUNIT_TEST(credit_in_drips_does_not);
    CPPUNIT_TEST(who_has_nothing_to_send_is_not_stalled);
    CPPUNIT_TEST_SUITE_END();

    StallWatch watch_;

  public:
    void setUp() override { watch_ = StallWatch(); }
    void runs_from_the_time_that_credit_was_lacking() {
        CPPUNIT_ASSERT(!watch_.deadline(30s));
        watch_.update(10'000, 0, at(5s));
        watch_.update(20'000, 0, at(9s));
        CPPUNIT_ASSERT(watch_.deadline(30s) == at(35s));
    }
    void enough_credit_ends_it() {
        watch_.update(10'000, 0, at(5s));
        watch_.update(10'000, 4096, at(6s));
        CPPUNIT_ASSERT(!watch_.deadline(30s));
    }
    void credit_in_drips_does_not() {
        watch_.update(10'000, 0, at(5s));
        watch_.update(10'000, 4095, at(6s));
        CPPUNIT_ASSERT(watch_.deadline(30s) == at(35s));
        watch_.update(4095, 4095, at(7s));  // enough for the rest
        CPPUNIT_ASSERT(!watch_.deadline(30s));
    }
    void who_has_nothing_to_send_is_not_stalled() {
        watch_.update(10, 0, at(5s));
        watch_.update(0, 0, at(6s));
        CPPUNIT_ASSERT(!watch_.deadline(30s));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StallWatchTest);

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/full_pipe.h>

using gantry::lftp::FullPipe;

class FullPipeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FullPipeTest);
    CPPUNIT_TEST(is_full_after_three_rounds_without_a_quarter_more);
    CPPUNIT_TEST(begins_anew_with_each_quarter_more);
    CPPUNIT_TEST(remembers_that_it_was_full_when_a_new_search_begins);
    CPPUNIT_TEST_SUITE_END();

    FullPipe pipe_;

  public:
    void is_full_after_three_rounds_without_a_quarter_more() {
        pipe_.on_round(1000);
        pipe_.on_round(1249);
        pipe_.on_round(1249);
        CPPUNIT_ASSERT(!pipe_.now() && !pipe_.growing());
        pipe_.on_round(1249);
        CPPUNIT_ASSERT(pipe_.now() && pipe_.reached());
    }
    void begins_anew_with_each_quarter_more() {
        pipe_.on_round(1000);
        pipe_.on_round(1000);
        pipe_.on_round(1000);
        pipe_.on_round(1250);
        CPPUNIT_ASSERT(pipe_.growing());
        pipe_.on_round(1250);
        pipe_.on_round(1250);
        CPPUNIT_ASSERT(!pipe_.now());
    }
    void remembers_that_it_was_full_when_a_new_search_begins() {
        for (int i = 0; i < 4; ++i) pipe_.on_round(1000);
        pipe_.restart(1000);
        CPPUNIT_ASSERT(!pipe_.now() && pipe_.reached());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FullPipeTest);

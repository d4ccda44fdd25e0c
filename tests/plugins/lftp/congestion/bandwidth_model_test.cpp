#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/bandwidth_model.h>

using namespace gantry;
using namespace gantry::lftp;

class BandwidthModelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BandwidthModelTest);
    CPPUNIT_TEST(remembers_the_best_of_this_cycle_and_the_last);
    CPPUNIT_TEST(keeps_the_old_best_when_a_cycle_measured_nothing);
    CPPUNIT_TEST(takes_a_limited_sample_only_when_it_is_the_best);
    CPPUNIT_TEST(yields_to_what_was_delivered_but_by_three_tenths_at_most);
    CPPUNIT_TEST_SUITE_END();

    BandwidthModel model_;

    void add(std::uint64_t rate, bool limited = false) {
        model_.add({.rate = BytesPerSecond(rate)}, limited);
    }

  public:
    void remembers_the_best_of_this_cycle_and_the_last() {
        add(100);
        model_.advance();
        add(80);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100}, model_.max());
        model_.advance();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{80}, model_.max());
    }
    void keeps_the_old_best_when_a_cycle_measured_nothing() {
        add(100);
        model_.advance();
        model_.advance();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100}, model_.max());
    }
    void takes_a_limited_sample_only_when_it_is_the_best() {
        add(100);
        model_.advance();
        add(90, true);
        model_.advance();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100}, model_.max());
        add(110, true);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{110}, model_.max());
    }
    void yields_to_what_was_delivered_but_by_three_tenths_at_most() {
        add(1000);
        model_.note_latest(900);
        model_.yield();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{900}, model_.value());
        model_.begin_latest(100);
        model_.yield();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{630}, model_.value());
        model_.lift_bound();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, model_.value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BandwidthModelTest);

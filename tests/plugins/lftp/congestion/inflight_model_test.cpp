#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/inflight_model.h>

using namespace gantry::lftp;

class InflightModelTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(InflightModelTest);
    CPPUNIT_TEST(leaves_fifteen_hundredths_of_headroom);
    CPPUNIT_TEST(yields_to_what_was_delivered_but_by_three_tenths_at_most);
    CPPUNIT_TEST(raises_by_one_two_four_datagrams_a_round);
    CPPUNIT_TEST(does_not_raise_what_has_no_bound);
    CPPUNIT_TEST_SUITE_END();

    InflightModel model_{1000};

  public:
    void leaves_fifteen_hundredths_of_headroom() {
        CPPUNIT_ASSERT_EQUAL(kUnbounded, model_.with_headroom());
        model_.set_long_term(100'000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{85'000}, model_.with_headroom());
        model_.set_long_term(6000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, model_.with_headroom());
        model_.set_long_term(4500);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, model_.with_headroom());
    }
    void yields_to_what_was_delivered_but_by_three_tenths_at_most() {
        model_.yield(100'000, 90'000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{90'000}, model_.short_term());
        model_.yield(100'000, 10'000);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(63'000.0, static_cast<double>(model_.short_term()), 1.0);
    }
    // With a window of 16 datagrams: 16, 8 and 4 of them acknowledged for each that is added.
    void raises_by_one_two_four_datagrams_a_round() {
        model_.set_long_term(16'000);
        model_.begin_raise();
        for (const std::uint64_t added : {1U, 2U, 4U}) {
            const auto before = model_.long_term();
            model_.next_slope(16'000);
            for (int i = 0; i < 16; ++i) model_.raise(1000);
            CPPUNIT_ASSERT_EQUAL(before + added * 1000, model_.long_term());
        }
        const auto before = model_.long_term();
        model_.end_raise();
        model_.raise(1'000'000);
        CPPUNIT_ASSERT_EQUAL(before, model_.long_term());
    }
    void does_not_raise_what_has_no_bound() {
        model_.next_slope(16'000);
        model_.raise(1'000'000);
        CPPUNIT_ASSERT_EQUAL(kUnbounded, model_.long_term());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(InflightModelTest);

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/random_loss.h>

using namespace gantry::lftp;

class RandomLossTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RandomLossTest);
    CPPUNIT_TEST(learns_the_share_from_rounds_that_teach);
    CPPUNIT_TEST(forgets_slowly_in_rounds_that_do_not);
    CPPUNIT_TEST(never_takes_more_than_three_tenths_for_chance);
    CPPUNIT_TEST(explains_what_chance_would_bring_and_no_more);
    CPPUNIT_TEST(tolerates_what_it_is_told_to);
    CPPUNIT_TEST(sends_more_for_the_same_to_arrive);
    CPPUNIT_TEST_SUITE_END();

    RandomLoss loss_;

    void learn_a_twentieth() {
        for (int i = 0; i < 50; ++i) loss_.on_round(950'000, 50'000, true);
    }

  public:
    void learns_the_share_from_rounds_that_teach() {
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0, loss_.rate(), 0);
        learn_a_twentieth();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.05, loss_.rate(), 1e-9);
        for (int i = 0; i < 40; ++i) loss_.on_round(1'000'000, 0, true);
        CPPUNIT_ASSERT(loss_.rate() < 0.001);
    }
    void forgets_slowly_in_rounds_that_do_not() {
        learn_a_twentieth();
        loss_.on_round(0, 1'000'000, false);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.05 * 63 / 64, loss_.rate(), 1e-9);
        for (int i = 0; i < 200; ++i) loss_.on_round(0, 0, false);
        CPPUNIT_ASSERT(loss_.rate() < 0.005);
    }
    void never_takes_more_than_three_tenths_for_chance() {
        for (int i = 0; i < 50; ++i) loss_.on_round(1000, 9000, true);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(0.3, loss_.rate(), 1e-9);
    }
    // Of 1000 packets at 5 %: 50, and 3 * sqrt(1000 * 0.05 * 0.95) = 20.7 more.
    void explains_what_chance_would_bring_and_no_more() {
        CPPUNIT_ASSERT(loss_.exceeded(1, 1'000'000, 1000, 0));
        learn_a_twentieth();
        CPPUNIT_ASSERT(!loss_.exceeded(70'000, 1'000'000, 1000, 0));
        CPPUNIT_ASSERT(loss_.exceeded(71'000, 1'000'000, 1000, 0));
    }
    void tolerates_what_it_is_told_to() {
        CPPUNIT_ASSERT(!loss_.exceeded(20'000, 1'000'000, 1000, 0.02));
        CPPUNIT_ASSERT(loss_.exceeded(20'001, 1'000'000, 1000, 0.02));
    }
    void sends_more_for_the_same_to_arrive() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{950'000}, loss_.compensated(950'000));
        learn_a_twentieth();
        CPPUNIT_ASSERT_DOUBLES_EQUAL(1'000'000.0, static_cast<double>(loss_.compensated(950'000)),
                                     1.0);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RandomLossTest);

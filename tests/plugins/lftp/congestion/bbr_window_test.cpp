#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/bbr_window.h>

using namespace gantry;
using namespace gantry::lftp;

class BbrWindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BbrWindowTest);
    CPPUNIT_TEST(keeps_room_for_a_train_and_four_packets);
    CPPUNIT_TEST(grows_by_what_arrives);
    CPPUNIT_TEST(grows_without_data_only_when_it_was_the_limit);
    CPPUNIT_TEST(begins_with_what_it_is_told);
    CPPUNIT_TEST(keeps_to_the_bounds_of_the_model);
    CPPUNIT_TEST(knows_when_it_is_what_limits);
    CPPUNIT_TEST(restores_what_it_saved);
    CPPUNIT_TEST_SUITE_END();

    PathModel path_{1000};
    BbrWindow window_{1000};

    void ack(std::uint64_t bytes, BbrState state, bool full) {
        AckSample sample{.bytes = bytes};
        sample.rate.total_delivered = bytes;
        window_.on_ack(sample, path_, state, gains_of(state), full, 2000);
    }

  public:
    void keeps_room_for_a_train_and_four_packets() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, window_.quantized(1, BbrState::kCruise, 2000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{9000}, window_.quantized(1, BbrState::kCruise, 9000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6000}, window_.quantized(1, BbrState::kUp, 2000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50'000},
                             window_.quantized(50'000, BbrState::kCruise, 2000));
    }
    void grows_by_what_arrives() {
        const auto before = window_.value();
        ack(3000, BbrState::kStartup, false);
        CPPUNIT_ASSERT_EQUAL(before + 3000, window_.value());
    }
    void grows_without_data_only_when_it_was_the_limit() {
        AckSample sample{.bytes = 1000};
        sample.rate = {.app_limited = true, .total_delivered = 1000};
        const auto before = window_.value();
        const auto gains = gains_of(BbrState::kStartup);
        window_.on_ack(sample, path_, BbrState::kStartup, gains, false, 2000);
        CPPUNIT_ASSERT_EQUAL(before, window_.value());
        window_.on_sent(before);
        window_.on_ack(sample, path_, BbrState::kStartup, gains, false, 2000);
        CPPUNIT_ASSERT_EQUAL(before + 1000, window_.value());
    }
    void begins_with_what_it_is_told() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{70'000}, BbrWindow(1000, 70'000).value());
        CPPUNIT_ASSERT_EQUAL(initial_window(1000), BbrWindow(1000).value());
    }
    void keeps_to_the_bounds_of_the_model() {
        path_.inflight().set_long_term(8000);
        ack(1000, BbrState::kStartup, false);
        CPPUNIT_ASSERT(window_.value() > 8000);
        ack(1000, BbrState::kRefill, false);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8000}, window_.value());
        ack(1000, BbrState::kCruise, false);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6800}, window_.value());
    }
    void knows_when_it_is_what_limits() {
        window_.on_sent(window_.value() / 2);
        CPPUNIT_ASSERT(!window_.limits());
        window_.on_sent(window_.value());
        CPPUNIT_ASSERT(window_.limits());
        window_.on_round();
        CPPUNIT_ASSERT(window_.limits());
        window_.on_round();
        CPPUNIT_ASSERT(!window_.limits());
    }
    void restores_what_it_saved() {
        const auto before = window_.value();
        window_.save(false);
        window_.collapse();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, window_.value());
        window_.save(true);  // held down: the better one stays remembered
        window_.restore();
        CPPUNIT_ASSERT_EQUAL(before, window_.value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(BbrWindowTest);

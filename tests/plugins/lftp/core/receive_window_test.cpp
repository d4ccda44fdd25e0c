#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/receive_window.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class ReceiveWindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReceiveWindowTest);
    CPPUNIT_TEST(gives_credit_when_half_was_read);
    CPPUNIT_TEST(doubles_when_half_was_read_within_four_round_trips);
    CPPUNIT_TEST(grows_faster_within_one_round_trip);
    CPPUNIT_TEST(grows_when_a_gap_holds_up_more_than_half_of_it);
    CPPUNIT_TEST(grows_no_farther_than_its_maximum_and_the_budget);
    CPPUNIT_TEST_SUITE_END();

    ReceiveWindow window_{1000, 5000};
    Duration rtt_ = milliseconds(10);
    void read_half(int at) {
        window_.on_read(window_.window() / 2);
        (void)window_.update(TimePoint(milliseconds(at)), rtt_);
    }

  public:
    void gives_credit_when_half_was_read() {
        window_.on_read(499);
        CPPUNIT_ASSERT(!window_.update_due());
        window_.on_read(1);
        CPPUNIT_ASSERT(window_.update_due());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2500}, window_.update(TimePoint(milliseconds(5)), rtt_));
        CPPUNIT_ASSERT(!window_.update_due());
    }
    void doubles_when_half_was_read_within_four_round_trips() {
        read_half(0);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2000}, window_.window());
        read_half(39);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, window_.window());
        read_half(79);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, window_.window());
    }
    void grows_faster_within_one_round_trip() {
        ReceiveWindow window(1000, 100'000);
        for (const int at : {0, 9}) {
            window.on_read(window.window() / 2);
            (void)window.update(TimePoint(milliseconds(at)), rtt_);
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8000}, window.window());
    }
    void grows_when_a_gap_holds_up_more_than_half_of_it() {
        CPPUNIT_ASSERT(!window_.stretch(499));
        CPPUNIT_ASSERT(window_.stretch(500));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2000}, window_.limit());
        CPPUNIT_ASSERT(!window_.stretch(900));
        CPPUNIT_ASSERT(window_.stretch(1800) && window_.stretch(3800));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, window_.limit());
        CPPUNIT_ASSERT(!window_.stretch(5000));
    }
    void grows_no_farther_than_its_maximum_and_the_budget() {
        for (int i = 0; i < 10; ++i) read_half(i);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, window_.window());
        ReceiveWindow other(1000, 5000);
        for (int i = 0; i < 3; ++i) {
            other.on_read(500);
            (void)other.update(TimePoint(milliseconds(i)), rtt_, false);
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1000}, other.window());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2500}, other.limit());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReceiveWindowTest);

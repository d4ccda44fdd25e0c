#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/path_mtu.h>

#include <string>
#include <vector>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr Duration kTimeout = milliseconds(100);

// The sizes that are tried on a path that takes `passes`, as text.
std::string search(PathMtu& mtu, std::size_t passes, TimePoint now = {}) {
    std::string out;
    while (const auto size = mtu.poll_probe(now)) {
        out += std::to_string(*size) + ' ';
        mtu.on_probe_sent();
        if (*size <= passes)
            mtu.on_probe_acked(*size);
        else
            mtu.on_probe_lost(*size);
    }
    return out;
}

PathMtu confirmed(std::size_t largest) {
    PathMtu mtu(1200, largest);
    mtu.on_confirmed();
    return mtu;
}

PathMtu found(std::size_t passes) {
    auto mtu = confirmed(passes);
    (void)search(mtu, passes);
    return mtu;
}

}  // namespace

class PathMtuTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PathMtuTest);
    CPPUNIT_TEST(probes_nothing_before_the_connection_is_confirmed);
    CPPUNIT_TEST(tries_common_sizes_and_then_the_largest);
    CPPUNIT_TEST(halves_what_is_open_when_a_size_does_not_pass);
    CPPUNIT_TEST(has_one_probe_in_flight);
    CPPUNIT_TEST(a_size_is_given_up_after_three_probes);
    CPPUNIT_TEST(never_goes_above_what_the_peer_takes);
    CPPUNIT_TEST(searches_again_after_ten_minutes);
    CPPUNIT_TEST(takes_steady_loss_of_large_packets_for_a_black_hole);
    CPPUNIT_TEST(random_loss_is_no_black_hole);
    CPPUNIT_TEST(two_probe_timeouts_in_a_row_are_one);
    CPPUNIT_TEST(begins_again_on_another_path);
    CPPUNIT_TEST(a_size_that_the_system_refuses_is_not_tried_again);
    CPPUNIT_TEST(a_late_acknowledgement_of_a_probe_still_counts);
    CPPUNIT_TEST(every_state_answers_every_step);
    CPPUNIT_TEST_SUITE_END();

  public:
    void probes_nothing_before_the_connection_is_confirmed() {
        PathMtu mtu(1200, 1472);
        CPPUNIT_ASSERT(!mtu.poll_probe({}) && mtu.state() == MtuState::disabled);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, mtu.size());
    }
    void tries_common_sizes_and_then_the_largest() {
        auto mtu = confirmed(1472);
        CPPUNIT_ASSERT_EQUAL(std::string("1452 1472 "), search(mtu, 1472));
        CPPUNIT_ASSERT(mtu.state() == MtuState::complete && mtu.size() == 1472);
        auto large = confirmed(65'507);
        CPPUNIT_ASSERT_EQUAL(std::string("1452 1472 8952 8972 65507 "), search(large, 65'507));
        CPPUNIT_ASSERT_EQUAL(std::size_t{65'507}, large.size());
    }
    void halves_what_is_open_when_a_size_does_not_pass() {
        auto mtu = confirmed(1472);
        CPPUNIT_ASSERT_EQUAL(std::string("1452 1452 1452 1326 1389 1389 1389 1357 1373 1373 1373 "),
                             search(mtu, 1370));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1357}, mtu.size());
        CPPUNIT_ASSERT(mtu.state() == MtuState::complete);
    }
    void has_one_probe_in_flight() {
        auto mtu = confirmed(1472);
        CPPUNIT_ASSERT(mtu.poll_probe({}));
        mtu.on_probe_sent();
        CPPUNIT_ASSERT(!mtu.poll_probe({}));
    }
    void a_size_is_given_up_after_three_probes() {
        auto mtu = confirmed(1472);
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::size_t{1452}, mtu.poll_probe({}).value());
            mtu.on_probe_sent();
            mtu.on_probe_lost(1452);
        }
        CPPUNIT_ASSERT(mtu.poll_probe({}).value() < 1452);
    }
    void never_goes_above_what_the_peer_takes() {
        PathMtu mtu(1400, 9000);
        mtu.cap(1300);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1300}, mtu.size());
        mtu.on_confirmed();
        CPPUNIT_ASSERT_EQUAL(std::string(), search(mtu, 9000));
        CPPUNIT_ASSERT(mtu.state() == MtuState::complete && mtu.deadline() == TimePoint::max());
    }
    void searches_again_after_ten_minutes() {
        auto mtu = confirmed(1472);
        (void)search(mtu, 1460, TimePoint(minutes(1)));
        CPPUNIT_ASSERT(mtu.deadline() == TimePoint(minutes(11)));
        mtu.on_timeout(TimePoint(minutes(11)) - milliseconds(1));
        CPPUNIT_ASSERT(mtu.state() == MtuState::complete);
        mtu.on_timeout(TimePoint(minutes(11)));
        CPPUNIT_ASSERT_EQUAL(std::string("1472 "), search(mtu, 1472, TimePoint(minutes(11))));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, mtu.size());
    }
    void takes_steady_loss_of_large_packets_for_a_black_hole() {
        auto mtu = found(1472);
        for (std::uint64_t i = 0; i < 20; ++i)
            mtu.on_lost(PacketNumber(i), 1472, TimePoint(milliseconds(i)), kTimeout);
        mtu.on_lost(PacketNumber(20), 1200, TimePoint(kTimeout), kTimeout);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, mtu.size());
        mtu.on_lost(PacketNumber(21), 1472, TimePoint(kTimeout), kTimeout);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, mtu.size());
        CPPUNIT_ASSERT(mtu.state() == MtuState::searching && mtu.poll_probe({}));
    }
    void random_loss_is_no_black_hole() {
        auto mtu = found(1472);
        for (std::uint64_t i = 0; i < 2000; ++i) {
            const TimePoint sent_at(milliseconds(10 * i));
            if (i % 10 == 0)
                mtu.on_acked(PacketNumber(i), 1472);
            else
                mtu.on_lost(PacketNumber(i), 1472, sent_at, kTimeout);
        }
        mtu.on_lost(PacketNumber(5), 1472, TimePoint(kTimeout * 900), kTimeout);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, mtu.size());
    }
    void two_probe_timeouts_in_a_row_are_one() {
        auto mtu = found(1472);
        mtu.on_probe_timeout(1);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1472}, mtu.size());
        mtu.on_probe_timeout(2);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, mtu.size());
    }
    void begins_again_on_another_path() {
        auto mtu = found(1472);
        mtu.on_new_path();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, mtu.size());
        CPPUNIT_ASSERT_EQUAL(std::string("1452 1472 "), search(mtu, 1472));
    }
    void a_size_that_the_system_refuses_is_not_tried_again() {
        auto mtu = confirmed(65'507);
        (void)mtu.poll_probe({});
        mtu.on_refused(1452);
        CPPUNIT_ASSERT_EQUAL(std::string("1326 1389 1420 1436 "), search(mtu, 1451));
        auto large = found(1472);
        large.on_refused(1472);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1200}, large.size());
    }
    void a_late_acknowledgement_of_a_probe_still_counts() {
        auto mtu = confirmed(1472);
        (void)search(mtu, 1300);
        CPPUNIT_ASSERT(mtu.size() <= 1300);
        mtu.on_probe_acked(1452);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1452}, mtu.size());
    }
    void every_state_answers_every_step() {
        using S = MtuState;
        const std::vector<std::vector<S>> wanted{
            {S::searching, S::disabled, S::disabled, S::disabled},
            {S::searching, S::complete, S::searching, S::searching},
            {S::searching, S::complete, S::searching, S::searching}};
        for (std::size_t s = 0; s < 3; ++s)
            for (std::size_t e = 0; e < 4; ++e)
                CPPUNIT_ASSERT(state_after(static_cast<S>(s), static_cast<MtuStep>(e)) ==
                               wanted[s][e]);
        CPPUNIT_ASSERT_EQUAL(std::string("searching"), std::string(state_name(S::searching)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PathMtuTest);

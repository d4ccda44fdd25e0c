#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/ack_policy.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

AckPolicy policy() {
    AckPolicy out;
    out.set_peer({10, milliseconds(25), 1}, milliseconds(1));
    return out;
}

}  // namespace

class AckPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AckPolicyTest);
    CPPUNIT_TEST(says_nothing_before_the_peer_is_known);
    CPPUNIT_TEST(asks_for_fewer_acks_of_a_large_window);
    CPPUNIT_TEST(asks_for_sooner_acks_on_a_short_path);
    CPPUNIT_TEST(stays_within_what_the_peer_takes);
    CPPUNIT_TEST(small_changes_are_not_worth_a_frame);
    CPPUNIT_TEST(a_lost_one_is_told_again_with_what_holds_now);
    CPPUNIT_TEST_SUITE_END();

  public:
    void says_nothing_before_the_peer_is_known() {
        AckPolicy fresh;
        fresh.update(milliseconds(1), 10'000);
        CPPUNIT_ASSERT(!fresh.due());
        CPPUNIT_ASSERT(!policy().due());
    }
    void asks_for_fewer_acks_of_a_large_window() {
        auto acks = policy();
        acks.update(milliseconds(200), 480);
        CPPUNIT_ASSERT(acks.due());
        const auto frame = acks.take();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{29}, frame.threshold);  // 30 are acknowledged at once
        CPPUNIT_ASSERT(frame.number == 0 && frame.reordering == 1);
        CPPUNIT_ASSERT(!acks.due());
    }
    void asks_for_sooner_acks_on_a_short_path() {
        auto acks = policy();
        acks.update(milliseconds(40), 20);
        CPPUNIT_ASSERT(acks.take().delay == milliseconds(5));
    }
    void stays_within_what_the_peer_takes() {
        auto acks = policy();
        acks.update(milliseconds(1), 1'000'000);
        const auto most = acks.take();
        CPPUNIT_ASSERT(most.delay == milliseconds(1) && most.threshold == AckPolicy::kMost - 1);
        acks.update(milliseconds(2000), 1);
        const auto least = acks.take();
        CPPUNIT_ASSERT(least.delay == milliseconds(25) && least.number == 1);
        CPPUNIT_ASSERT(least.threshold == AckPolicy::kLeast - 1);
    }
    void small_changes_are_not_worth_a_frame() {
        auto acks = policy();
        acks.update(milliseconds(110), 300);
        CPPUNIT_ASSERT(!acks.due());
    }
    void a_lost_one_is_told_again_with_what_holds_now() {
        auto acks = policy();
        acks.update(milliseconds(200), 480);
        (void)acks.take();
        acks.update(milliseconds(200), 500);
        acks.tell_again();
        CPPUNIT_ASSERT(acks.due());
        const auto frame = acks.take();
        CPPUNIT_ASSERT(frame.threshold == 30 && frame.number == 1);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AckPolicyTest);

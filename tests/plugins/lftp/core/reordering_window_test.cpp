#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/reordering_window.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class ReorderingWindowTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReorderingWindowTest);
    CPPUNIT_TEST(is_a_quarter_of_the_least_round_trip_at_first);
    CPPUNIT_TEST(grows_where_a_loss_was_none_as_far_as_the_round_trip);
    CPPUNIT_TEST(starts_over_after_sixteen_recoveries_without);
    CPPUNIT_TEST_SUITE_END();

    ReorderingWindow window_;
    Duration now() const { return window_.window(milliseconds(40), milliseconds(50)); }

  public:
    void is_a_quarter_of_the_least_round_trip_at_first() {
        CPPUNIT_ASSERT(!window_.seen());
        CPPUNIT_ASSERT(now() == milliseconds(10));
    }
    void grows_where_a_loss_was_none_as_far_as_the_round_trip() {
        window_.on_spurious_loss();
        CPPUNIT_ASSERT(window_.seen() && now() == milliseconds(20));
        window_.on_spurious_loss();
        CPPUNIT_ASSERT(now() == milliseconds(30));
        for (int i = 0; i < 10; ++i) window_.on_spurious_loss();
        CPPUNIT_ASSERT(now() == milliseconds(50));
    }
    void starts_over_after_sixteen_recoveries_without() {
        window_.on_spurious_loss();
        for (unsigned i = 1; i < ReorderingWindow::kPersist; ++i) window_.on_recovery();
        CPPUNIT_ASSERT(now() == milliseconds(20));
        window_.on_recovery();
        CPPUNIT_ASSERT(now() == milliseconds(10) && window_.seen());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReorderingWindowTest);

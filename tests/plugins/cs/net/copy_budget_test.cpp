#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/copy_budget.h>

#include <optional>

namespace gantry::cs {
namespace {

class CopyBudgetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CopyBudgetTest);
    CPPUNIT_TEST(gives_so_many_shares_and_no_more);
    CPPUNIT_TEST(a_share_that_is_dropped_can_be_taken_again);
    CPPUNIT_TEST(a_share_may_outlive_it);
    CPPUNIT_TEST_SUITE_END();

  public:
    void gives_so_many_shares_and_no_more() {
        CopyBudget budget(2);
        const auto first = budget.take();
        const auto second = budget.take();
        CPPUNIT_ASSERT(first && second);
        CPPUNIT_ASSERT(!budget.take() && !budget.take());
    }
    void a_share_that_is_dropped_can_be_taken_again() {
        CopyBudget budget(1);
        for (int i = 0; i < 3; ++i) {
            const auto share = budget.take();
            CPPUNIT_ASSERT(share && !budget.take());
        }
        CPPUNIT_ASSERT(budget.take());
    }
    void a_share_may_outlive_it() {
        std::optional<CopyBudget> budget(1);
        const auto share = budget->take();
        budget.reset();
        CPPUNIT_ASSERT(share);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CopyBudgetTest);

}  // namespace
}  // namespace gantry::cs

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/send_credit.h>

using namespace gantry::cs;

class SendCreditTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendCreditTest);
    CPPUNIT_TEST(is_without_end_unless_limited);
    CPPUNIT_TEST(goes_up_to_the_limit);
    CPPUNIT_TEST(a_lower_or_repeated_limit_changes_nothing);
    CPPUNIT_TEST_SUITE_END();

  public:
    void is_without_end_unless_limited() {
        SendCredit credit;
        credit.spend(1'000'000'000'000);
        CPPUNIT_ASSERT(credit.room() > 1'000'000'000'000);
    }
    void goes_up_to_the_limit() {
        SendCredit credit(100);
        credit.spend(60);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{40}, credit.room());
        credit.spend(41);  // never beyond
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, credit.room());
    }
    void a_lower_or_repeated_limit_changes_nothing() {
        SendCredit credit(100);
        credit.spend(100);
        credit.raise(50);
        credit.raise(100);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, credit.room());
        credit.raise(150);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50}, credit.room());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendCreditTest);

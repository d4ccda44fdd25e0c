#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/send_credit.h>

using namespace gantry;
using namespace gantry::lftp;

class SendCreditTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendCreditTest);
    CPPUNIT_TEST(counts_what_is_used_against_the_largest_limit);
    CPPUNIT_TEST(tells_once_for_each_limit_that_it_is_blocked);
    CPPUNIT_TEST_SUITE_END();

  public:
    void counts_what_is_used_against_the_largest_limit() {
        SendCredit credit(100);
        credit.use(60);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{40}, credit.room());
        credit.raise(90);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{40}, credit.room());
        credit.raise(200);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{140}, credit.room());
    }
    void tells_once_for_each_limit_that_it_is_blocked() {
        SendCredit credit(10);
        CPPUNIT_ASSERT(!credit.tells_blocked());
        credit.use(10);
        CPPUNIT_ASSERT(credit.tells_blocked() && !credit.tells_blocked());
        credit.tell_again();
        CPPUNIT_ASSERT(credit.tells_blocked());
        credit.raise(20);
        credit.use(10);
        CPPUNIT_ASSERT(credit.tells_blocked());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendCreditTest);

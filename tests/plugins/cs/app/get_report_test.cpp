#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/get_report.h>

namespace gantry::cs {
namespace {

using namespace std::chrono_literals;

class GetReportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GetReportTest);
    CPPUNIT_TEST(tells_how_fast_all_of_it_came);
    CPPUNIT_TEST(tells_what_was_there_and_how_fast_the_rest_came);
    CPPUNIT_TEST_SUITE_END();

  public:
    void tells_how_fast_all_of_it_came() {
        CPPUNIT_ASSERT_EQUAL(std::string("2.00s (512 KiB/s)"), format_move(1 << 20U, 0, 2s));
    }
    void tells_what_was_there_and_how_fast_the_rest_came() {
        CPPUNIT_ASSERT_EQUAL(std::string("2.00s (128 KiB/s), 768 KiB were there"),
                             format_move(1 << 20U, 768 << 10U, 2s));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GetReportTest);

}  // namespace
}  // namespace gantry::cs

#include "send_buffer.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::host {
namespace {

using namespace std::chrono_literals;
constexpr int kMebibyte = 1024 * 1024;

class SendBufferTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendBufferTest);
    CPPUNIT_TEST(a_long_path_that_fills_it_gets_a_wider_one);
    CPPUNIT_TEST(a_short_path_is_left_to_the_system);
    CPPUNIT_TEST(one_that_the_system_has_not_grown_is_left_to_it);
    CPPUNIT_TEST(one_that_is_wide_enough_stays_as_it_is);
    CPPUNIT_TEST(where_the_system_allows_less_it_is_left_to_it);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_long_path_that_fills_it_gets_a_wider_one() {
        CPPUNIT_ASSERT(wider_send_buffer({200ms, 4 * kMebibyte, 8 * kMebibyte}) == 8 * kMebibyte);
        CPPUNIT_ASSERT(wider_send_buffer({50ms, 4 * kMebibyte, 32 * kMebibyte}) == 8 * kMebibyte);
    }
    void a_short_path_is_left_to_the_system() {
        CPPUNIT_ASSERT(!wider_send_buffer({49ms, 4 * kMebibyte, 8 * kMebibyte}));
    }
    void one_that_the_system_has_not_grown_is_left_to_it() {
        CPPUNIT_ASSERT(!wider_send_buffer({200ms, 2 * kMebibyte, 8 * kMebibyte}));
    }
    void one_that_is_wide_enough_stays_as_it_is() {
        CPPUNIT_ASSERT(!wider_send_buffer({200ms, 16 * kMebibyte, 32 * kMebibyte}));
    }
    void where_the_system_allows_less_it_is_left_to_it() {
        CPPUNIT_ASSERT(!wider_send_buffer({200ms, 4 * kMebibyte, 4 * kMebibyte}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SendBufferTest);

}  // namespace
}  // namespace gantry::host

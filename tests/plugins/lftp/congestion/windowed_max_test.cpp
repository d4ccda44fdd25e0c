#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/windowed_max.h>

using gantry::lftp::WindowedMax;

class WindowedMaxTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WindowedMaxTest);
    CPPUNIT_TEST(keeps_the_largest_of_the_window);
    CPPUNIT_TEST(falls_to_the_next_best_when_the_best_is_too_old);
    CPPUNIT_TEST(forgets_everything_after_a_silence);
    CPPUNIT_TEST_SUITE_END();

    WindowedMax max_;

  public:
    void keeps_the_largest_of_the_window() {
        max_.update(10, 0, 10);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, max_.update(5, 3, 10));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{12}, max_.update(12, 4, 10));
    }
    void falls_to_the_next_best_when_the_best_is_too_old() {
        max_.update(10, 0, 10);
        max_.update(8, 4, 10);
        max_.update(6, 7, 10);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, max_.update(1, 10, 10));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8}, max_.update(1, 11, 10));
    }
    void forgets_everything_after_a_silence() {
        max_.update(10, 0, 10);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, max_.update(2, 30, 10));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WindowedMaxTest);

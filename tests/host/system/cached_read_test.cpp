#include "cached_read.h"

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <string>

namespace gantry::host {
namespace {

class CachedReadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CachedReadTest);
    CPPUNIT_TEST(reads_a_file_that_is_in_memory);
    CPPUNIT_TEST(reads_nothing_at_the_end);
    CPPUNIT_TEST(reads_nothing_of_what_is_no_file);
    CPPUNIT_TEST_SUITE_END();

    // A file of a file system in memory, without a name.
    int file_ = -1;
    std::array<std::byte, 16> into_{};

  public:
    void setUp() override {
        file_ = ::open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        CPPUNIT_ASSERT(file_ >= 0);
        CPPUNIT_ASSERT_EQUAL(ssize_t{6}, ::write(file_, "abcdef", 6));
    }
    void tearDown() override { ::close(file_); }

    void reads_a_file_that_is_in_memory() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, read_cached(file_, 2, into_));
        CPPUNIT_ASSERT(into_[0] == std::byte{'c'} && into_[3] == std::byte{'f'});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, read_cached(file_, 0, ByteSpan(into_).first(1)));
        CPPUNIT_ASSERT(into_[0] == std::byte{'a'});
    }
    void reads_nothing_at_the_end() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, read_cached(file_, 6, into_));
    }
    void reads_nothing_of_what_is_no_file() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, read_cached(-1, 0, into_));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CachedReadTest);

}  // namespace
}  // namespace gantry::host

#include <cppunit/extensions/HelperMacros.h>
#include <host/system/kernel_random.h>

#include <algorithm>
#include <array>
#include <vector>

using namespace gantry;

namespace {

class KernelRandomTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KernelRandomTest);
    CPPUNIT_TEST(fills_the_whole_of_a_large_buffer);
    CPPUNIT_TEST(two_draws_differ);
    CPPUNIT_TEST(leaves_bytes_outside_the_buffer_alone);
    CPPUNIT_TEST_SUITE_END();

    host::KernelRandom random_;

    // A run of 32 equal bytes has a chance below 2^-200 in random data.
    void fills_the_whole_of_a_large_buffer() {
        std::vector<std::byte> bytes(1 << 20);
        random_.fill(bytes);
        const std::array<std::byte, 32> untouched{};
        CPPUNIT_ASSERT(std::search(bytes.begin(), bytes.end(), untouched.begin(),
                                   untouched.end()) == bytes.end());
    }
    void two_draws_differ() {
        std::array<std::byte, 32> a{};
        std::array<std::byte, 32> b{};
        random_.fill(a);
        random_.fill(b);
        CPPUNIT_ASSERT(a != b);
    }
    void leaves_bytes_outside_the_buffer_alone() {
        std::array<std::byte, 3> bytes{};
        random_.fill(ByteSpan(bytes).first(0));
        CPPUNIT_ASSERT((bytes == std::array<std::byte, 3>{}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KernelRandomTest);

}  // namespace

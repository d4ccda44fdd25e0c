#include <cppunit/extensions/HelperMacros.h>
#include <host/system/descriptor_limit.h>
#include <sys/resource.h>

#include <algorithm>

using namespace gantry::host;

class DescriptorLimitTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DescriptorLimitTest);
    CPPUNIT_TEST(raises_the_soft_limit_to_the_hard_one);
    CPPUNIT_TEST(lowers_nothing);
    CPPUNIT_TEST_SUITE_END();

    rlimit before_{};

    static rlim_t now() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        return limit.rlim_cur;
    }
    void set(rlim_t soft) const {
        const rlimit limit{soft, before_.rlim_max};
        CPPUNIT_ASSERT_EQUAL(0, ::setrlimit(RLIMIT_NOFILE, &limit));
    }

  public:
    void setUp() override { ::getrlimit(RLIMIT_NOFILE, &before_); }
    void tearDown() override { ::setrlimit(RLIMIT_NOFILE, &before_); }

    void raises_the_soft_limit_to_the_hard_one() {
        set(200);
        const auto wanted = std::min<rlim_t>(before_.rlim_max, kMostDescriptors);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(wanted), raise_descriptor_limit());
        CPPUNIT_ASSERT_EQUAL(wanted, now());
    }
    void lowers_nothing() {
        set(before_.rlim_max);
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(before_.rlim_max), raise_descriptor_limit());
        CPPUNIT_ASSERT_EQUAL(before_.rlim_max, now());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DescriptorLimitTest);

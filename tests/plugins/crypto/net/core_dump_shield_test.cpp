#include <crypto/net/core_dump_shield.h>
#include <crypto/net/openssl_aead.h>

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <thread>
#include <vector>

namespace gantry::crypto {
namespace {

unsigned filter() {
    std::ifstream in("/proc/self/coredump_filter");
    unsigned value = 0;
    in >> std::hex >> value;
    return value;
}
bool anonymous_is_dumped() { return (filter() & 0x1U) != 0; }

class CoreDumpShieldTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CoreDumpShieldTest);
    CPPUNIT_TEST(leaves_anonymous_memory_out_while_it_is_held);
    CPPUNIT_TEST(the_last_hold_gives_the_filter_back);
    CPPUNIT_TEST(a_hold_may_outlive_the_shield);
    CPPUNIT_TEST(a_key_holds_it);
    CPPUNIT_TEST(threads_may_hold_it_at_once);
    CPPUNIT_TEST_SUITE_END();

    unsigned before_ = filter();
    CoreDumpShield shield_;

  public:
    void tearDown() override { CPPUNIT_ASSERT_EQUAL(before_, filter()); }
    void leaves_anonymous_memory_out_while_it_is_held() {
        CPPUNIT_ASSERT(anonymous_is_dumped());
        const auto hold = shield_.hold();
        CPPUNIT_ASSERT_EQUAL(before_ & ~0x63U, filter());
    }
    void the_last_hold_gives_the_filter_back() {
        auto first = shield_.hold();
        auto second = shield_.hold();
        first.reset();
        CPPUNIT_ASSERT(!anonymous_is_dumped());
        second.reset();
        CPPUNIT_ASSERT(anonymous_is_dumped());
    }
    void a_hold_may_outlive_the_shield() {
        CoreDumpShield::Hold hold;
        {
            CoreDumpShield shield;
            hold = shield.hold();
        }
        CPPUNIT_ASSERT(!anonymous_is_dumped());
    }
    void a_key_holds_it() {
        OpensslAead aead(shield_);
        const auto key = aead.create(AeadAlgorithm::aes128_gcm, std::vector<std::byte>(16)).value();
        CPPUNIT_ASSERT(!anonymous_is_dumped());
    }
    void threads_may_hold_it_at_once() {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([this] {
                for (int k = 0; k < 100; ++k) {
                    const auto hold = shield_.hold();
                    if (anonymous_is_dumped()) std::abort();
                }
            });
        for (auto& thread : threads) thread.join();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CoreDumpShieldTest);

}  // namespace
}  // namespace gantry::crypto

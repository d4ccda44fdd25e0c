#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/hash_cache.h>

using namespace gantry;
using namespace gantry::cs;

class HashCacheTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HashCacheTest);
    CPPUNIT_TEST(keeps_a_value_for_a_file_and_an_algorithm);
    CPPUNIT_TEST(a_changed_file_is_another);
    CPPUNIT_TEST(what_was_asked_for_last_stays);
    CPPUNIT_TEST(a_new_value_takes_the_place_of_the_old);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kSha = CheckAlgorithm::sha256;
    HashCache cache_{2};
    static FileIdentity file(std::uint64_t inode) { return {1, inode, 10, {}, {}}; }
    static Bytes value(int v) { return Bytes{static_cast<std::byte>(v)}; }

  public:
    void keeps_a_value_for_a_file_and_an_algorithm() {
        cache_.put(file(1), kSha, value(1));
        CPPUNIT_ASSERT(cache_.find(file(1), kSha) == value(1));
        CPPUNIT_ASSERT(!cache_.find(file(1), CheckAlgorithm::merkle));
        CPPUNIT_ASSERT(!cache_.find(file(2), kSha));
    }
    void a_changed_file_is_another() {
        cache_.put(file(1), kSha, value(1));
        auto changed = file(1);
        changed.changed += std::chrono::nanoseconds(1);
        CPPUNIT_ASSERT(!cache_.find(changed, kSha));
    }
    void what_was_asked_for_last_stays() {
        cache_.put(file(1), kSha, value(1));
        cache_.put(file(2), kSha, value(2));
        CPPUNIT_ASSERT(cache_.find(file(1), kSha));
        cache_.put(file(3), kSha, value(3));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, cache_.size());
        CPPUNIT_ASSERT(cache_.find(file(1), kSha) && !cache_.find(file(2), kSha));
    }
    void a_new_value_takes_the_place_of_the_old() {
        cache_.put(file(1), kSha, value(1));
        cache_.put(file(1), kSha, value(2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, cache_.size());
        CPPUNIT_ASSERT(cache_.find(file(1), kSha) == value(2));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashCacheTest);

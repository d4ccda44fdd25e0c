#include <gantry/core/strong.h>
#include <gantry/core/units.h>

#include <cppunit/extensions/HelperMacros.h>

#include <type_traits>
#include <unordered_set>

namespace gantry {
namespace {

using Apples = Strong<struct ApplesTag, std::uint32_t>;

class StrongTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StrongTest);
    CPPUNIT_TEST(kinds_do_not_mix);
    CPPUNIT_TEST(starts_at_zero_and_counts);
    CPPUNIT_TEST(adds_subtracts_and_compares);
    CPPUNIT_TEST(wraps_as_its_number_does);
    CPPUNIT_TEST(can_be_a_key_of_a_hash_table);
    CPPUNIT_TEST_SUITE_END();

  public:
    void kinds_do_not_mix() {
        CPPUNIT_ASSERT((!std::is_convertible_v<ByteCount, JobId>));
        CPPUNIT_ASSERT((!std::is_convertible_v<std::uint64_t, ByteCount>));
        CPPUNIT_ASSERT((!std::is_constructible_v<Apples, ByteCount>));
    }
    void starts_at_zero_and_counts() {
        Apples apples;
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{0}, apples.value());
        CPPUNIT_ASSERT_EQUAL(std::uint32_t{1}, (++apples).value());
    }
    void adds_subtracts_and_compares() {
        const Apples three(3), four(4);
        CPPUNIT_ASSERT(three + four == Apples(7));
        CPPUNIT_ASSERT(four - three == Apples(1));
        CPPUNIT_ASSERT(three < four && four >= three && three != four);
    }
    void wraps_as_its_number_does() { CPPUNIT_ASSERT(Apples(0) - Apples(1) == Apples(0xffffffff)); }
    void can_be_a_key_of_a_hash_table() {
        const std::unordered_set<Apples> set{Apples(1), Apples(2), Apples(1)};
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, set.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StrongTest);

}  // namespace
}  // namespace gantry

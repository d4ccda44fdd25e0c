#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>

#include <array>

using namespace gantry;
using testing::SeededRandom;

namespace {

class SeededRandomTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SeededRandomTest);
    CPPUNIT_TEST(is_the_published_generator);
    CPPUNIT_TEST(seeds_by_the_published_split_mix);
    CPPUNIT_TEST(repeats_itself_for_one_seed_and_differs_for_another);
    CPPUNIT_TEST(a_fork_depends_on_its_name_and_leaves_its_parent_alone);
    CPPUNIT_TEST(fills_any_number_of_bytes);
    CPPUNIT_TEST(chance_never_comes_at_zero_and_always_at_one);
    CPPUNIT_TEST_SUITE_END();

    static std::uint64_t number(SeededRandom& random) {
        std::array<std::byte, 8> raw{};
        random.fill(raw);
        std::uint64_t value = 0;
        for (std::size_t i = raw.size(); i-- > 0;)
            value = (value << 8) | std::to_integer<std::uint64_t>(raw[i]);
        return value;
    }

    // The reference program's first outputs for the state 1, 2, 3, 4.
    void is_the_published_generator() {
        SeededRandom random(SeededRandom::State{1, 2, 3, 4});
        const std::uint64_t expected[] = {11520U,
                                          0U,
                                          1509978240U,
                                          1215971899390074240U,
                                          1216172134540287360U,
                                          607988272756665600U};
        for (const auto wanted : expected) CPPUNIT_ASSERT_EQUAL(wanted, number(random));
    }
    // SplitMix64's published first four outputs for the seed 1234567.
    void seeds_by_the_published_split_mix() {
        SeededRandom seeded(1234567);
        SeededRandom stated(SeededRandom::State{6457827717110365317U, 3203168211198807973U,
                                                9817491932198370423U, 4593380528125082431U});
        for (int i = 0; i < 10; ++i) CPPUNIT_ASSERT_EQUAL(number(stated), number(seeded));
    }
    void repeats_itself_for_one_seed_and_differs_for_another() {
        SeededRandom a(7);
        SeededRandom b(7);
        SeededRandom c(8);
        int equal_to_other = 0;
        for (int i = 0; i < 100; ++i) {
            const auto value = a.next();
            CPPUNIT_ASSERT_EQUAL(value, b.next());
            if (value == c.next()) ++equal_to_other;
        }
        CPPUNIT_ASSERT_EQUAL(0, equal_to_other);
    }
    void a_fork_depends_on_its_name_and_leaves_its_parent_alone() {
        SeededRandom parent(7);
        SeededRandom untouched(7);
        SeededRandom first = parent.fork("first");
        SeededRandom again = parent.fork("first");
        SeededRandom second = parent.fork("second");
        const auto value = first.next();
        CPPUNIT_ASSERT_EQUAL(value, again.next());
        CPPUNIT_ASSERT(value != second.next());
        CPPUNIT_ASSERT_EQUAL(untouched.next(), parent.next());
    }
    void fills_any_number_of_bytes() {
        for (std::size_t size = 0; size < 40; ++size) {
            std::vector<std::byte> bytes(size + 1, std::byte{0x5a});
            SeededRandom random(size);
            random.fill(std::span(bytes).first(size));
            CPPUNIT_ASSERT(bytes.back() == std::byte{0x5a});
        }
    }
    void chance_never_comes_at_zero_and_always_at_one() {
        SeededRandom random(3);
        int half = 0;
        for (int i = 0; i < 1000; ++i) {
            CPPUNIT_ASSERT(!random.chance(0));
            CPPUNIT_ASSERT(random.chance(1));
            if (random.chance(0.5)) ++half;
        }
        CPPUNIT_ASSERT(half > 400 && half < 600);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SeededRandomTest);

}  // namespace

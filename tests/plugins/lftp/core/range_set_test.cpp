#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/core/range_set.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

std::string shown(const RangeSet& set) {
    std::string out;
    for (const auto& r : set.ranges())
        out += std::to_string(r.begin) + '-' + std::to_string(r.end) + ' ';
    return out;
}

RangeSet from_bits(const std::vector<bool>& bits) {
    RangeSet out;
    for (std::size_t i = 0; i < bits.size(); ++i)
        if (bits[i]) out.add({i, i + 1});
    return out;
}

}  // namespace

class RangeSetTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RangeSetTest);
    CPPUNIT_TEST(joins_ranges_that_touch_or_overlap);
    CPPUNIT_TEST(splits_a_range_from_which_the_middle_is_taken);
    CPPUNIT_TEST(empty_ranges_change_nothing);
    CPPUNIT_TEST(does_what_a_bit_for_each_number_does);
    CPPUNIT_TEST(visits_what_is_there_and_what_is_not);
    CPPUNIT_TEST_SUITE_END();

  public:
    void joins_ranges_that_touch_or_overlap() {
        RangeSet set;
        for (const Range r : {Range{10, 20}, Range{30, 40}, Range{20, 25}, Range{5, 8}}) set.add(r);
        CPPUNIT_ASSERT_EQUAL(std::string("5-8 10-25 30-40 "), shown(set));
        set.add({8, 31});
        CPPUNIT_ASSERT_EQUAL(std::string("5-40 "), shown(set));
    }
    void splits_a_range_from_which_the_middle_is_taken() {
        RangeSet set;
        set.add({0, 100});
        set.remove({40, 60});
        CPPUNIT_ASSERT_EQUAL(std::string("0-40 60-100 "), shown(set));
        set.remove({30, 70});
        set.remove({0, 1});
        set.remove({99, 200});
        CPPUNIT_ASSERT_EQUAL(std::string("1-30 70-99 "), shown(set));
    }
    void empty_ranges_change_nothing() {
        RangeSet set;
        set.add({7, 7});
        CPPUNIT_ASSERT(set.empty());
        set.add({1, 9});
        set.remove({4, 4});
        CPPUNIT_ASSERT_EQUAL(std::string("1-9 "), shown(set));
    }
    void does_what_a_bit_for_each_number_does() {
        testing::SeededRandom random(7);
        for (int round = 0; round < 12; ++round) {
            RangeSet set;
            std::vector<bool> bits(300);
            for (int step = 0; step < 120; ++step) {
                const std::uint64_t begin = random.below(290);
                const Range range{begin, begin + random.below(300 - begin)};
                const bool adds = random.chance(0.6);
                adds ? set.add(range) : set.remove(range);
                for (auto i = range.begin; i < range.end; ++i) bits[i] = adds;
                CPPUNIT_ASSERT_EQUAL(shown(from_bits(bits)), shown(set));
                CPPUNIT_ASSERT_EQUAL(bits[begin] && bits[begin + 1],
                                     set.contains({begin, begin + 2}));
            }
        }
    }
    void visits_what_is_there_and_what_is_not() {
        RangeSet set;
        set.add({10, 20});
        set.add({30, 40});
        RangeSet inside;
        RangeSet gaps;
        set.for_each_in({15, 35}, [&](Range r) { inside.add(r); });
        set.for_each_gap({5, 45}, [&](Range r) { gaps.add(r); });
        CPPUNIT_ASSERT_EQUAL(std::string("15-20 30-35 "), shown(inside));
        CPPUNIT_ASSERT_EQUAL(std::string("5-10 20-30 40-45 "), shown(gaps));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{20}, set.total());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RangeSetTest);

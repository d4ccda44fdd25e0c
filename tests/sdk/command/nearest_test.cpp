#include <gantry/command/parser.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class NearestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(NearestTest);
    CPPUNIT_TEST(finds_a_word_one_edit_away);
    CPPUNIT_TEST(counts_a_swap_of_neighbours_once);
    CPPUNIT_TEST(keeps_to_a_third_of_the_word);
    CPPUNIT_TEST(prefers_the_nearest_then_the_first);
    CPPUNIT_TEST(finds_nothing_for_one_letter_or_a_very_long_word);
    CPPUNIT_TEST_SUITE_END();

    static std::string near(std::string_view word, std::vector<std::string> candidates) {
        return nearest(word, candidates);
    }
    static void finds(const char* expected, std::string_view word, const char* candidate) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), near(word, {candidate}));
    }

  public:
    void finds_a_word_one_edit_away() {
        finds("list", "lst", "list");
        finds("list", "lisst", "list");
        finds("list", "lisk", "list");
        finds("list", "list", "list");
    }
    void counts_a_swap_of_neighbours_once() {
        finds("get", "gte", "get");
        finds("digest", "dgiets", "digest");
    }
    void keeps_to_a_third_of_the_word() {
        finds("", "gxy", "get");
        finds("mirror", "mirrxy", "mirror");
        finds("", "mirxyz", "mirror");
    }
    void prefers_the_nearest_then_the_first() {
        CPPUNIT_ASSERT_EQUAL(std::string("mirror"), near("mirrer", {"mirage", "mirror"}));
        CPPUNIT_ASSERT_EQUAL(std::string("cat"), near("cut", {"cat", "cot"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), near("cut", {}));
    }
    void finds_nothing_for_one_letter_or_a_very_long_word() {
        finds("", "x", "y");
        CPPUNIT_ASSERT_EQUAL(std::string(), near(std::string(65, 'a'), {std::string(65, 'a')}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(NearestTest);

}  // namespace
}  // namespace gantry

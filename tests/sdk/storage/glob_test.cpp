#include <cppunit/extensions/HelperMacros.h>
#include <gantry/storage/glob.h>

using namespace gantry;

namespace {

bool fits(std::string_view pattern, std::string_view path) {
    auto glob = Glob::parse(pattern);
    CPPUNIT_ASSERT_MESSAGE(std::string(pattern), glob);
    return glob->matches(path);
}

bool is_refused(std::string_view pattern) {
    const auto glob = Glob::parse(pattern);
    return !glob && glob.error().code == ErrorCode::usage;
}

}  // namespace

class GlobTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GlobTest);
    CPPUNIT_TEST(all_of_a_name_must_fit);
    CPPUNIT_TEST(a_star_is_any_run_within_a_component);
    CPPUNIT_TEST(a_question_mark_is_one_character);
    CPPUNIT_TEST(a_set_is_one_of_its_characters_and_ranges);
    CPPUNIT_TEST(an_inverted_set_is_any_other_character);
    CPPUNIT_TEST(two_stars_are_any_number_of_components);
    CPPUNIT_TEST(a_backslash_takes_away_a_meaning);
    CPPUNIT_TEST(characters_are_utf8_where_they_can_be);
    CPPUNIT_TEST(agrees_with_a_plain_search_on_all_short_names);
    CPPUNIT_TEST(refuses_patterns_without_an_end);
    CPPUNIT_TEST(the_worst_pattern_takes_no_time);
    CPPUNIT_TEST_SUITE_END();

  public:
    void all_of_a_name_must_fit() {
        CPPUNIT_ASSERT(fits("a.txt", "a.txt"));
        CPPUNIT_ASSERT(!fits("a.txt", "a.txt2"));
        CPPUNIT_ASSERT(!fits("a.txt", "b/a.txt"));
        CPPUNIT_ASSERT(!fits("a.txt", ""));
        CPPUNIT_ASSERT(fits("a/b", "a/b"));
        CPPUNIT_ASSERT(!fits("a/b", "a"));
        CPPUNIT_ASSERT(!fits("a", "a/b"));
    }
    void a_star_is_any_run_within_a_component() {
        CPPUNIT_ASSERT(fits("*", "name"));
        CPPUNIT_ASSERT(fits("*.txt", ".txt"));
        CPPUNIT_ASSERT(fits("a*b*c", "aXbYbZc"));
        CPPUNIT_ASSERT(!fits("a*b*c", "aXbYbZ"));
        CPPUNIT_ASSERT(!fits("*", "a/b"));
        CPPUNIT_ASSERT(fits("*/*", "a/b"));
        CPPUNIT_ASSERT(fits("a**b", "aXb"));
        CPPUNIT_ASSERT(!fits("a**b", "a/b"));
    }
    void a_question_mark_is_one_character() {
        CPPUNIT_ASSERT(fits("a?c", "abc"));
        CPPUNIT_ASSERT(!fits("a?c", "ac"));
        CPPUNIT_ASSERT(!fits("a?c", "a/c"));
    }
    void a_set_is_one_of_its_characters_and_ranges() {
        CPPUNIT_ASSERT(fits("[a-cx]", "b"));
        CPPUNIT_ASSERT(fits("[a-cx]", "x"));
        CPPUNIT_ASSERT(!fits("[a-cx]", "d"));
        CPPUNIT_ASSERT(fits("[]a]", "]"));
        CPPUNIT_ASSERT(fits("[a-]", "-"));
        CPPUNIT_ASSERT(fits("[*]", "*") && !fits("[*]", "b"));
        CPPUNIT_ASSERT(!fits("a[/]b", "a/b"));
    }
    void an_inverted_set_is_any_other_character() {
        CPPUNIT_ASSERT(fits("[!a]", "b") && fits("[^a]", "b"));
        CPPUNIT_ASSERT(!fits("[!a]", "a"));
        CPPUNIT_ASSERT(!fits("[!]]", "]") && fits("[!]]", "a"));
        CPPUNIT_ASSERT(!fits("a[!b]c", "a/c"));
    }
    void two_stars_are_any_number_of_components() {
        for (const auto* path : {"a.txt", "b/a.txt", "b/c/a.txt"})
            CPPUNIT_ASSERT(fits("**/*.txt", path));
        CPPUNIT_ASSERT(!fits("**/*.txt", "b/a.jpg"));
        CPPUNIT_ASSERT(fits("a/**", "a/b/c") && fits("a/**", "a"));
        CPPUNIT_ASSERT(!fits("a/**", "b/a"));
        CPPUNIT_ASSERT(fits("**/x/**/y", "a/x/x/b/y"));
        CPPUNIT_ASSERT(fits("**/x/**/y", "x/y"));
        CPPUNIT_ASSERT(!fits("**/x/**/y", "a/y/x"));
        CPPUNIT_ASSERT(fits("**", "a/b/c"));
    }
    void a_backslash_takes_away_a_meaning() {
        CPPUNIT_ASSERT(fits("\\*", "*") && !fits("\\*", "a"));
        CPPUNIT_ASSERT(fits("\\a", "a"));
        CPPUNIT_ASSERT(fits("[\\]]", "]"));
        CPPUNIT_ASSERT(fits("\\\\", "\\"));
    }
    void characters_are_utf8_where_they_can_be() {
        CPPUNIT_ASSERT(fits("?", "\xC3\xA9"));
        CPPUNIT_ASSERT(fits("[\xC3\xA0-\xC3\xBC]", "\xC3\xA9"));
        CPPUNIT_ASSERT(fits("[!a]", "\xF0\x9F\x98\x80"));
        CPPUNIT_ASSERT(fits("?", "\xA9"));
        CPPUNIT_ASSERT(fits("??", "\xC3("));
        CPPUNIT_ASSERT(fits("\xC3*", "\xC3(x"));
    }
    // Plain recursion, which is slow and obviously right.
    static bool plainly(std::string_view pattern, std::string_view text) {
        if (pattern.empty()) return text.empty();
        if (pattern.front() == '*')
            return plainly(pattern.substr(1), text) ||
                   (!text.empty() && plainly(pattern, text.substr(1)));
        return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
               plainly(pattern.substr(1), text.substr(1));
    }
    static std::vector<std::string> words(std::string_view letters, std::size_t longest) {
        std::vector<std::string> out{""};
        for (std::size_t i = 0; i < out.size(); ++i)
            for (const char c : letters)
                if (out[i].size() < longest) out.push_back(out[i] + c);
        out.erase(out.begin());
        return out;
    }
    void agrees_with_a_plain_search_on_all_short_names() {
        const auto names = words("ab", 5);
        for (const auto& pattern : words("ab*?", 5)) {
            const auto glob = Glob::parse(pattern).value();
            if (pattern == "**") continue;
            for (const auto& name : names)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(pattern + " " + name, plainly(pattern, name),
                                             glob.matches(name));
        }
    }
    void refuses_patterns_without_an_end() {
        for (const auto* pattern : {"", "[a", "[", "[]", "[!", "a\\", "[a-", "[a\\"})
            CPPUNIT_ASSERT_MESSAGE(pattern, is_refused(pattern));
        CPPUNIT_ASSERT(Glob::parse(std::string(Glob::kMaxSize, 'a')));
        CPPUNIT_ASSERT(is_refused(std::string(Glob::kMaxSize + 1, 'a')));
    }
    // It would take longer than the universe has, were every run tried at every place.
    void the_worst_pattern_takes_no_time() {
        std::string stars;
        for (int i = 0; i < 250; ++i) stars += "a*";
        CPPUNIT_ASSERT(!fits(stars + "b", std::string(4000, 'a')));
        std::string folders;
        std::string path;
        for (int i = 0; i < 70; ++i) folders += "**/a*a/";
        for (int i = 0; i < 500; ++i) path += "aaaaa/";
        CPPUNIT_ASSERT(!fits(folders + "b", path + "a"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GlobTest);

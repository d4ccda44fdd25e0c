#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/completion.h>
#include <host/shell/limits.h>

using namespace gantry;
using namespace gantry::host;

class CompletionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CompletionTest);
    CPPUNIT_TEST(offers_the_first_words_of_commands_and_aliases);
    CPPUNIT_TEST(offers_the_next_word_of_a_group);
    CPPUNIT_TEST(offers_options_that_are_not_used_yet);
    CPPUNIT_TEST(offers_the_values_of_an_option);
    CPPUNIT_TEST(offers_a_value_after_an_equals_sign);
    CPPUNIT_TEST(offers_paths_where_the_spec_wants_them);
    CPPUNIT_TEST(offers_jobs_plugins_and_commands_by_kind);
    CPPUNIT_TEST(offers_url_schemes);
    CPPUNIT_TEST(completes_the_command_under_the_cursor_of_a_list);
    CPPUNIT_TEST(leaves_programs_alone_and_completes_redirections);
    CPPUNIT_TEST(escapes_blanks_and_closes_quotes);
    CPPUNIT_TEST(tells_what_all_share);
    CPPUNIT_TEST(never_offers_half_a_character);
    CPPUNIT_TEST(offers_variables_after_a_dollar_sign);
    CPPUNIT_TEST(looks_only_at_what_stands_before_the_cursor);
    CPPUNIT_TEST(offers_at_most_the_limit);
    CPPUNIT_TEST_SUITE_END();

    fakes::Catalog catalog_;
    CompletionSources sources_;

    static CompletionSources::Source among(std::vector<std::string> all) {
        return [all](std::string_view prefix) {
            std::vector<std::string> found;
            for (const auto& name : all)
                if (name.rfind(prefix, 0) == 0) found.push_back(name);
            return found;
        };
    }
    std::string offered(std::string_view line) {
        std::string text;
        for (const auto& word : complete(sources_, line, line.size()).words)
            text += (text.empty() ? "" : "|") + word;
        return text;
    }

  public:
    void setUp() override {
        sources_.catalog = &catalog_;
        sources_.paths = among({"music/", "my file", "notes.txt"});
        sources_.folders = among({"music/"});
        sources_.jobs = among({"%1", "%12"});
        sources_.plugins = among({"cs", "crypto"});
        sources_.aliases = among({"ll"});
        sources_.variables = among({"listening", "list"});
    }
    void offers_the_first_words_of_commands_and_aliases() {
        CPPUNIT_ASSERT_EQUAL(std::string("cs"), offered("c"));
        CPPUNIT_ASSERT_EQUAL(std::string("ll"), offered("l"));
        CPPUNIT_ASSERT_EQUAL(std::string("cs|echo|help|ll|plugin|wait"), offered(""));
    }
    void offers_the_next_word_of_a_group() {
        CPPUNIT_ASSERT_EQUAL(std::string("get|ls|mirror|put|serve"), offered("cs "));
        CPPUNIT_ASSERT_EQUAL(std::string("info"), offered("plugin in"));
    }
    void offers_options_that_are_not_used_yet() {
        CPPUNIT_ASSERT_EQUAL(std::string("--help|--no-resume|--output|--wire"),
                             offered("cs get -"));
        CPPUNIT_ASSERT_EQUAL(std::string("--help|--no-resume"),
                             offered("cs get -o x --wire cs1 --"));
    }
    void offers_the_values_of_an_option() {
        CPPUNIT_ASSERT_EQUAL(std::string("classic|cs1"), offered("cs get --wire "));
        CPPUNIT_ASSERT_EQUAL(std::string("notes.txt"), offered("cs get -o n"));
    }
    void offers_a_value_after_an_equals_sign() {
        CPPUNIT_ASSERT_EQUAL(std::string("--wire=classic"), offered("cs get --wire=cl"));
    }
    void offers_paths_where_the_spec_wants_them() {
        CPPUNIT_ASSERT_EQUAL(std::string("music/"), offered("cs serve m"));
        CPPUNIT_ASSERT(!complete(sources_, "cs serve m", 10).closed);
        CPPUNIT_ASSERT_EQUAL(std::string("notes.txt"), offered("cs put n"));
        CPPUNIT_ASSERT(complete(sources_, "cs put n", 8).closed);
    }
    void offers_jobs_plugins_and_commands_by_kind() {
        CPPUNIT_ASSERT_EQUAL(std::string("%1|%12"), offered("wait %"));
        CPPUNIT_ASSERT_EQUAL(std::string("crypto"), offered("plugin info cr"));
        CPPUNIT_ASSERT_EQUAL(std::string("echo"), offered("help e"));
        CPPUNIT_ASSERT_EQUAL(std::string("info|list"), offered("help plugin "));
    }
    void offers_url_schemes() {
        CPPUNIT_ASSERT_EQUAL(std::string("cs://"), offered("cs ls "));
        CPPUNIT_ASSERT(!complete(sources_, "cs ls ", 6).closed);
    }
    void completes_the_command_under_the_cursor_of_a_list() {
        CPPUNIT_ASSERT_EQUAL(std::string("info"), offered("echo a; plugin in"));
        CPPUNIT_ASSERT_EQUAL(std::string("plugin"), offered("echo a && pl"));
        CPPUNIT_ASSERT_EQUAL(std::string("plugin"), offered("echo a || pl"));
    }
    void leaves_programs_alone_and_completes_redirections() {
        CPPUNIT_ASSERT_EQUAL(std::string(""), offered("echo a | pl"));
        CPPUNIT_ASSERT_EQUAL(std::string("notes.txt"), offered("echo a >n"));
        CPPUNIT_ASSERT_EQUAL(std::string("notes.txt"), offered("echo a >> n"));
    }
    void escapes_blanks_and_closes_quotes() {
        CPPUNIT_ASSERT_EQUAL(std::string("my\\ file"), offered("cs put my"));
        CPPUNIT_ASSERT_EQUAL(std::string("my\\ file"), offered("cs put my\\ f"));
        CPPUNIT_ASSERT_EQUAL(std::string("'my file'"), offered("cs put 'my"));
        CPPUNIT_ASSERT_EQUAL(std::string("\"my file\""), offered("cs put \"my"));
    }
    void tells_what_all_share() {
        const auto found = complete(sources_, "cs put m", 8);
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, found.begin);
        CPPUNIT_ASSERT_EQUAL(std::string("m"), found.common);
        CPPUNIT_ASSERT_EQUAL(std::string("%1"), complete(sources_, "wait ", 5).common);
        CPPUNIT_ASSERT((std::vector<std::string>{"music/", "my file"}) == found.shown);
    }
    void never_offers_half_a_character() {
        sources_.paths = among({"\xc3\xa4", "\xc3\xb6"});
        CPPUNIT_ASSERT_EQUAL(std::string(""), complete(sources_, "cs put \xc3", 8).common);
    }
    void offers_variables_after_a_dollar_sign() {
        CPPUNIT_ASSERT_EQUAL(std::string("list|listening"), offered("echo x$li"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, complete(sources_, "echo x$li", 9).begin);
        CPPUNIT_ASSERT_EQUAL(std::string(""), offered("echo '$li"));
    }
    void looks_only_at_what_stands_before_the_cursor() {
        CPPUNIT_ASSERT_EQUAL(std::string("plugin"), complete(sources_, "pl xx", 2).words.at(0));
        CPPUNIT_ASSERT(!complete(sources_, "pl", 99).words.empty());
    }
    void offers_at_most_the_limit() {
        std::vector<std::string> many;
        for (std::size_t i = 0; i < 2 * shell_limits::kCompletions; ++i)
            many.push_back("x" + std::to_string(i));
        sources_.paths = among(many);
        CPPUNIT_ASSERT_EQUAL(shell_limits::kCompletions,
                             complete(sources_, "cs put x", 8).words.size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CompletionTest);

#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/executor.h>
#include <host/shell/limits.h>

using namespace gantry;
using namespace gantry::host;

class ExecutorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ExecutorTest);
    CPPUNIT_TEST(runs_commands_in_order_with_their_variables);
    CPPUNIT_TEST(and_and_or_follow_the_status);
    CPPUNIT_TEST(a_script_stops_at_the_first_failure_and_has_its_status);
    CPPUNIT_TEST(a_typed_line_goes_on_after_a_failure);
    CPPUNIT_TEST(keep_going_runs_all_and_has_the_first_failures_status);
    CPPUNIT_TEST(a_syntax_error_runs_nothing_and_names_the_file);
    CPPUNIT_TEST(aliases_are_expanded_once_each);
    CPPUNIT_TEST(a_quoted_first_word_is_no_alias);
    CPPUNIT_TEST(an_alias_is_one_plain_command);
    CPPUNIT_TEST(files_that_source_one_another_too_deeply_are_refused);
    CPPUNIT_TEST(a_redirection_is_expanded);
    CPPUNIT_TEST(words_of_the_process_are_not_parsed_again);
    CPPUNIT_TEST(leaving_ends_the_script);
    CPPUNIT_TEST(a_cancelled_run_starts_nothing_more);
    CPPUNIT_TEST(the_background_tells_its_job_and_its_listener);
    CPPUNIT_TEST(a_background_command_that_fails_at_once_fails_the_script);
    CPPUNIT_TEST(waiting_for_the_background_answers_the_status_that_failed);
    CPPUNIT_TEST_SUITE_END();

    fakes::Runner runner_;
    BackgroundTasks background_;
    Executor executor_{runner_, background_, {}};
    ShellState state_;
    PlainWaiter waiter_;
    LocalCancel cancel_;
    RunContext context_{waiter_, cancel_, false, {}};

    int run(std::string_view text, bool stop = true) {
        return executor_.run_text(text, {}, state_, context_, stop);
    }

  public:
    void runs_commands_in_order_with_their_variables() {
        CPPUNIT_ASSERT(state_.set_variable("v", "x y").ok());
        CPPUNIT_ASSERT_EQUAL(0, run("a $v; b \"$v\"z\nc"));
        CPPUNIT_ASSERT_EQUAL(std::string("a x y|b x yz|c"), runner_.words());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, runner_.ran()[0].words.size());
    }
    void and_and_or_follow_the_status() {
        runner_.statuses["bad"] = 5;
        CPPUNIT_ASSERT_EQUAL(0, run("bad && no || yes && more"));
        CPPUNIT_ASSERT_EQUAL(std::string("bad|yes|more"), runner_.words());
        CPPUNIT_ASSERT_EQUAL(5, run("bad || bad"));
    }
    void a_script_stops_at_the_first_failure_and_has_its_status() {
        runner_.statuses["bad"] = 5;
        CPPUNIT_ASSERT_EQUAL(5, run("a; bad; b"));
        CPPUNIT_ASSERT_EQUAL(std::string("a|bad"), runner_.words());
    }
    void a_typed_line_goes_on_after_a_failure() {
        runner_.statuses["bad"] = 5;
        CPPUNIT_ASSERT_EQUAL(0, run("bad; b $?", false));
        CPPUNIT_ASSERT_EQUAL(std::string("bad|b 5"), runner_.words());
    }
    void keep_going_runs_all_and_has_the_first_failures_status() {
        runner_.statuses = {{"bad", 5}, {"worse", 6}};
        state_.keep_going = true;
        CPPUNIT_ASSERT_EQUAL(5, run("bad; worse; b"));
        CPPUNIT_ASSERT_EQUAL(std::string("bad|worse|b"), runner_.words());
    }
    void a_syntax_error_runs_nothing_and_names_the_file() {
        CPPUNIT_ASSERT_EQUAL(2, executor_.run_text("a\nb 'c", {"f.gantry"}, state_, context_, true));
        CPPUNIT_ASSERT(runner_.ran().empty());
        CPPUNIT_ASSERT_EQUAL(std::string("f.gantry: line 2, column 3"),
                             runner_.refused()[0].context);
    }
    void aliases_are_expanded_once_each() {
        state_.aliases = {{"ll", "ls -l 'a b'"}, {"ls", "ls --color"}, {"p", "q"}, {"q", "p x"}};
        run("ll z; p");
        CPPUNIT_ASSERT_EQUAL(std::string("ls --color -l a b z|p x"), runner_.words());
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, runner_.ran()[0].words.size());
    }
    void a_quoted_first_word_is_no_alias() {
        state_.aliases = {{"ll", "no"}};
        run("'ll'; \\ll");
        CPPUNIT_ASSERT_EQUAL(std::string("ll|ll"), runner_.words());
    }
    void an_alias_is_one_plain_command() {
        CPPUNIT_ASSERT(alias_words("cs ls 'a b'").ok());
        for (const char* text : {"a; b", "a & ", "a | b", "a > b", "", "a 'b"})
            CPPUNIT_ASSERT(!alias_words(text).ok());
    }
    void files_that_source_one_another_too_deeply_are_refused() {
        state_.source_depth = shell_limits::kSourceDepth - 1;
        CPPUNIT_ASSERT_EQUAL(0, executor_.run_source("a", "f", state_, context_));
        state_.source_depth = shell_limits::kSourceDepth;
        CPPUNIT_ASSERT(executor_.run_source("a", "f", state_, context_) != 0);
        CPPUNIT_ASSERT(runner_.refused()[0].code == ErrorCode::limit);
    }
    void a_redirection_is_expanded() {
        state_.variables["f"] = "out put";
        run("a >> $f; b | c $f");
        CPPUNIT_ASSERT((RedirectTo{"out put", true}) == runner_.ran()[0].redirect.value());
        CPPUNIT_ASSERT_EQUAL(std::string("c $f"), runner_.ran()[1].program);
    }
    void words_of_the_process_are_not_parsed_again() {
        executor_.run_words({"a", "$v; b", "c d"}, state_, context_);
        CPPUNIT_ASSERT_EQUAL(std::string("a $v; b c d"), runner_.words());
        CPPUNIT_ASSERT_EQUAL(std::string("a '$v; b' 'c d'"), runner_.ran()[0].text);
    }
    void leaving_ends_the_script() {
        state_.leaving = 4;
        CPPUNIT_ASSERT_EQUAL(4, run("a; b"));
        CPPUNIT_ASSERT(runner_.ran().empty());
    }
    void a_cancelled_run_starts_nothing_more() {
        cancel_.request();
        state_.keep_going = true;
        run("a; b");
        CPPUNIT_ASSERT(runner_.ran().empty());
    }
    void the_background_tells_its_job_and_its_listener() {
        CPPUNIT_ASSERT_EQUAL(0, run("launch && after & a $listening $!"));
        CPPUNIT_ASSERT_EQUAL(std::string("launch|a 127.0.0.1:80 %7"), runner_.words());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, background_.running());
        background_.cancel_all();
        CPPUNIT_ASSERT_EQUAL(0, background_.wait_all(context_));
        CPPUNIT_ASSERT_EQUAL(std::string("launch|a 127.0.0.1:80 %7"), runner_.words());
    }
    void a_background_command_that_fails_at_once_fails_the_script() {
        runner_.statuses["bad"] = 5;
        CPPUNIT_ASSERT_EQUAL(5, run("bad & b"));
        CPPUNIT_ASSERT_EQUAL(std::string("bad"), runner_.words());
    }
    void waiting_for_the_background_answers_the_status_that_failed() {
        runner_.statuses["launch"] = 9;
        run("launch &");
        background_.cancel_all();
        CPPUNIT_ASSERT_EQUAL(9, background_.wait_all(context_));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, background_.running());
        CPPUNIT_ASSERT_EQUAL(0, background_.wait_all(context_));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ExecutorTest);

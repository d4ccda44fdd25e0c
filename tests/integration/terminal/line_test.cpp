#include "terminal_fixture.h"

#include <signal.h>
#include <sys/stat.h>

using namespace gantry::testing;

// Typing: what is on the line, and what others print meanwhile.
class TerminalLineTest : public TerminalFixture {
    CPPUNIT_TEST_SUITE(TerminalLineTest);
    CPPUNIT_TEST(a_line_is_run_and_the_prompt_comes_back);
    CPPUNIT_TEST(typing_while_a_job_prints_keeps_the_line_and_every_output_line);
    CPPUNIT_TEST(a_long_typed_line_survives_output_too);
    CPPUNIT_TEST(ctrl_c_gives_the_line_up);
    CPPUNIT_TEST(tab_completes_a_command_an_option_a_value_and_a_path);
    CPPUNIT_TEST(tab_lists_what_fits_when_several_do);
    CPPUNIT_TEST(tab_completes_jobs_and_plugins);
    CPPUNIT_TEST(history_lasts_and_holds_no_secrets);
    CPPUNIT_TEST(characters_of_other_languages_are_one_each);
    CPPUNIT_TEST(a_typed_line_follows_the_screens_width);
    CPPUNIT_TEST(a_stopped_shell_takes_the_terminal_back);
    CPPUNIT_TEST(control_characters_in_output_do_not_reach_the_screen);
    CPPUNIT_TEST_SUITE_END();

  public:
    void a_line_is_run_and_the_prompt_comes_back() {
        auto screen = open();
        screen->type("echo hello there\r");
        SHOWS(screen, wait_for_text("\nhello there\ngantry>"));
        screen->type("exit 7\r");
        CPPUNIT_ASSERT_EQUAL(7, screen->wait_for_end().value_or(-1));
    }
    void typing_while_a_job_prints_keeps_the_line_and_every_output_line() {
        auto screen = open();
        screen->type("tick run --count 40 --every 10ms &\r");
        SHOWS(screen, wait_for_text("tick 1 of the job"));
        std::string typed;
        for (const char c : std::string("echo one two three")) {
            screen->type(std::string(1, c));
            typed += c;
            if (c != ' ') SHOWS(screen, wait_for_prompt("gantry> " + typed));
        }
        SHOWS(screen, wait_for_text("done: tick run"));
        SHOWS(screen, wait_for_prompt("gantry> echo one two three"));
        screen->type("\r");
        SHOWS(screen, wait_for_text("\none two three\n"));
        for (int i = 1; i <= 40; ++i) {
            const std::string line = "\ntick " + std::to_string(i) + " of the job\n";
            CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->text().find(line) != std::string::npos);
        }
    }
    void a_long_typed_line_survives_output_too() {
        auto screen = open({}, 40);
        const std::string words = "echo 0123456789 0123456789 0123456789 0123456789 0123456789 end";
        screen->type(words);
        SHOWS(screen, wait_for_text("end"));
        screen->type("\x01");  // to the start of the line, a row up
        SHOWS(screen, wait_until([&] { return screen->cursor_column() == 8; }));
        screen->type("\x05");
        SHOWS(screen, wait_for_prompt("56789 0123456789 0123456789 end"));
        screen->type("\x01tick run -n 5 --every 1ms & \x05\r");
        SHOWS(screen, wait_for_text("done: tick run"));
        SHOWS(screen, wait_for_text("\n0123456789 0123456789 0123456789"));
        SHOWS(screen, wait_for_prompt("gantry>"));
    }
    void ctrl_c_gives_the_line_up() {
        auto screen = open();
        screen->type("echo half");
        SHOWS(screen, wait_for_prompt("gantry> echo half"));
        screen->type("\x03");
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("echo $?x\r");
        SHOWS(screen, wait_for_text("\n0x\n"));
    }
    void tab_completes_a_command_an_option_a_value_and_a_path() {
        home_.write("notes of mine.txt", "");
        auto screen = open();
        screen->type("ti\tru\t");
        SHOWS(screen, wait_for_prompt("gantry> tick run"));
        screen->type("--mo\t");
        SHOWS(screen, wait_for_prompt("gantry> tick run --mode"));
        screen->type("si\t");
        SHOWS(screen, wait_for_prompt("gantry> tick run --mode silent"));
        screen->type("no\t-n 1\r");
        SHOWS(screen, wait_for_text("tick run --mode silent notes\\ of\\ mine.txt -n 1\n"));
        SHOWS(screen, wait_for_prompt("gantry>"));
        CPPUNIT_ASSERT_MESSAGE(screen->text(),
                               screen->text().find("gantry: ") == std::string::npos);
    }
    void tab_lists_what_fits_when_several_do() {
        auto screen = open();
        screen->type("tick s\t");
        SHOWS(screen, wait_for_text("serve     stubborn\n"));
        SHOWS(screen, wait_for_prompt("gantry> tick s"));
        screen->type("t\t");
        SHOWS(screen, wait_for_prompt("gantry> tick stubborn"));
    }
    void tab_completes_jobs_and_plugins() {
        auto screen = open();
        screen->type("tick serve &\r");
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        screen->type("cancel \t");
        SHOWS(screen, wait_for_prompt("gantry> cancel %1"));
        screen->type("\r");
        SHOWS(screen, wait_for_text("done: tick serve"));
        screen->type("plugin info tic\t");
        SHOWS(screen, wait_for_prompt("gantry> plugin info ticker"));
    }
    void history_lasts_and_holds_no_secrets() {
        {
            auto screen = open();
            screen->type("echo first\recho --password=geheim\r echo blank\rexit\r");
            CPPUNIT_ASSERT(screen->wait_for_end().has_value());
        }
        struct stat status {};
        CPPUNIT_ASSERT_EQUAL(0, ::stat((home_ / ".state/gantry/history").c_str(), &status));
        CPPUNIT_ASSERT_EQUAL(0600U, status.st_mode & 0777U);
        CPPUNIT_ASSERT_EQUAL(std::string("echo first\nexit\n"),
                             home_.read(".state/gantry/history"));
        auto screen = open();
        screen->type("\x1b[A\x1b[A");
        SHOWS(screen, wait_for_prompt("gantry> echo first"));
        screen->type("\r");
        SHOWS(screen, wait_for_text("\nfirst\n"));
    }
    void characters_of_other_languages_are_one_each() {
        auto screen = open();
        screen->type(
            "echo gr\xc3\xbc\xc3\x9f\x7f\x7f"
            "un\r");
        SHOWS(screen, wait_for_text("\ngrun\n"));
        screen->type("echo gr\xc3\xbcn\r");
        SHOWS(screen, wait_for_text("\ngr\xc3\xbcn\n"));
    }
    void a_typed_line_follows_the_screens_width() {
        auto screen = open();
        screen->type("echo 0123456789 0123456789 0123456789");
        SHOWS(screen, wait_for_prompt("gantry> echo 0123456789 0123456789 0123456789"));
        screen->resize(24, 30);
        SHOWS(screen, wait_for_prompt("6789 0123456789"));
        screen->type(" more\r");
        SHOWS(screen, wait_for_text("\n0123456789 0123456789 01234567\n89 more\n"));
        screen->resize(24, 100);
        screen->type("echo wide again\r");
        SHOWS(screen, wait_for_text("\nwide again\n"));
    }
    void a_stopped_shell_takes_the_terminal_back() {
        auto screen = open();
        screen->type("echo ab");
        SHOWS(screen, wait_for_prompt("gantry> echo ab"));
        ::kill(screen->pid(), SIGSTOP);
        screen->cook();
        const auto before = screen->raw().size();
        ::kill(screen->pid(), SIGCONT);
        SHOWS(screen, wait_until([&] {
                  return screen->raw().find("gantry> echo ab", before) != std::string::npos;
              }));
        screen->type("cd");
        SHOWS(screen, wait_for_prompt("gantry> echo abcd"));
        screen->type("\r");
        SHOWS(screen, wait_for_text("\nabcd\n"));
    }
    void control_characters_in_output_do_not_reach_the_screen() {
        auto screen = open();
        screen->type("echo 'a\x16\x1b[2Jb'\r");
        SHOWS(screen, wait_for_text("\na\\x1b[2Jb\n"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TerminalLineTest);

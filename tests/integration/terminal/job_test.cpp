#include "terminal_fixture.h"

#include <signal.h>

#include <algorithm>

using namespace gantry::testing;
using Clock = std::chrono::steady_clock;

// Commands that run: interrupts, progress, jobs, leaving.
class TerminalJobTest : public TerminalFixture {
    CPPUNIT_TEST_SUITE(TerminalJobTest);
    CPPUNIT_TEST(ctrl_c_cancels_the_command_within_200_ms_and_not_the_host);
    CPPUNIT_TEST(a_second_ctrl_c_leaves_a_stubborn_command_behind);
    CPPUNIT_TEST(progress_is_drawn_below_the_output_and_taken_away);
    CPPUNIT_TEST(progress_follows_a_narrower_screen);
    CPPUNIT_TEST(several_jobs_have_a_total);
    CPPUNIT_TEST(no_color_draws_no_colours);
    CPPUNIT_TEST(jobs_are_listed_brought_back_and_cancelled);
    CPPUNIT_TEST(wait_can_be_interrupted_and_the_job_goes_on);
    CPPUNIT_TEST(ctrl_d_leaves_at_once_without_jobs_and_asks_with_them);
    CPPUNIT_TEST(a_hang_up_ends_the_program);
    CPPUNIT_TEST(a_program_behind_a_pipe_has_the_screen);
    CPPUNIT_TEST_SUITE_END();

    static std::chrono::milliseconds time_to_cancel(PtyScreen& screen) {
        screen.type("tick run --count 1000 --every 10ms\r");
        CPPUNIT_ASSERT(screen.wait_for_prompt(""));
        CPPUNIT_ASSERT(screen.wait_for_text("tick 5 of the job"));
        const auto asked = Clock::now();
        screen.type("\x03");
        CPPUNIT_ASSERT_MESSAGE(screen.text(), screen.wait_for_prompt("gantry>"));
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - asked);
    }

  public:
    void ctrl_c_cancels_the_command_within_200_ms_and_not_the_host() {
        auto screen = open();
        screen->type("tick serve &\r");
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        // A busy machine may be late once; a shell that is late is so each time.
        auto best = std::chrono::milliseconds::max();
        for (int attempt = 0; attempt < 5 && best >= std::chrono::milliseconds(200); ++attempt)
            best = std::min(best, time_to_cancel(*screen));
        CPPUNIT_ASSERT_MESSAGE(std::to_string(best.count()) + " ms",
                               best < std::chrono::milliseconds(200));
        SHOWS(screen, wait_for_text("gantry: tick run: cancelled"));
        screen->type("jobs\r");
        SHOWS(screen, wait_for_text("%1   running"));
    }
    void a_second_ctrl_c_leaves_a_stubborn_command_behind() {
        auto screen = open({}, 120);
        screen->type("tick stubborn end\r");
        SHOWS(screen, wait_for_text("\nstubborn\n"));
        screen->type("\x03");
        SHOWS(screen, wait_for_text("stopping"));  // two at once would be one signal
        screen->type("\x03");
        SHOWS(screen, wait_for_text("goes on in the background as %1"));
        SHOWS(screen, wait_for_prompt("gantry>"));
        home_.write("end", "");
        screen->type("wait %1\r");
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("exit\r");
        CPPUNIT_ASSERT(screen->wait_for_end().has_value());
    }
    void progress_is_drawn_below_the_output_and_taken_away() {
        auto screen = open();
        screen->type("tick run --count 50 --every 20ms --bytes 1MiB\r");
        SHOWS(screen, wait_until([&] {
                  const auto text = screen->text();
                  const auto bar = text.find("%1 tick run");
                  return bar != std::string::npos &&
                         text.find(" / 50.0 MiB", bar) != std::string::npos &&
                         text.rfind(" of the job") < bar;
              }));
        SHOWS(screen, wait_for_prompt("gantry>"));
        CPPUNIT_ASSERT_MESSAGE(screen->text(), screen->text().find("%1") == std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(
            screen->text(),
            screen->text().find("\ntick 50 of the job\ngantry>") != std::string::npos);
    }
    void progress_follows_a_narrower_screen() {
        auto screen = open();
        screen->type("tick run --count 100 --every 20ms --bytes 1MiB --mode silent\r");
        SHOWS(screen, wait_for_text(" / 100 MiB"));
        screen->resize(24, 40);
        SHOWS(screen, wait_until([&] {
                  for (const auto& line : screen->lines())
                      if (line.rfind("%1 tick run", 0) == 0 && line.ends_with('%')) return true;
                  return false;
              }));
        screen->type("\x03");
        SHOWS(screen, wait_for_prompt("gantry>"));
    }
    void several_jobs_have_a_total() {
        auto screen = open({}, 120);
        const std::string job = "tick run --count 500 --every 20ms --bytes 1MiB --mode silent &\r";
        screen->type(job);
        SHOWS(screen, wait_for_text("[%1] tick run"));
        screen->type(job);
        SHOWS(screen, wait_for_text("\ntotal "));
        SHOWS(screen, wait_for_text(" / 1000 MiB"));
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("cancel --all; wait\r");
        SHOWS(screen,
              wait_until([&] { return screen->text().find("\ntotal ") == std::string::npos; }));
    }
    void no_color_draws_no_colours() {
        for (const bool colour : {false, true}) {
            auto screen = open({{"NO_COLOR", colour ? "" : "1"}});
            screen->type("tick run --count 30 --every 20ms --bytes 1MiB --mode silent; help\r");
            SHOWS(screen, wait_for_text("apropos WORD"));
            const bool has = screen->raw().find("\x1b[32m") != std::string::npos ||
                             screen->raw().find("\x1b[1mGroups") != std::string::npos;
            CPPUNIT_ASSERT_EQUAL(colour, has);
        }
    }
    void jobs_are_listed_brought_back_and_cancelled() {
        auto screen = open();
        screen->type("tick serve --listen 127.0.0.1:0 &\r");
        SHOWS(screen, wait_for_text("listening tick 127.0.0.1:99\n"));
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        screen->type("echo \"at $listening\"; jobs\r");
        SHOWS(screen, wait_for_text("\nat 127.0.0.1:99\n"));
        SHOWS(screen, wait_for_text("%1   running"));
        screen->type("fg\r");
        SHOWS(screen, wait_for_text("fg\ntick serve"));
        screen->type("\x03");
        SHOWS(screen, wait_for_text("[%1] done: tick serve"));
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("jobs --all\r");
        SHOWS(screen, wait_for_text("%1   done"));
        screen->type("cancel %9; echo \"status $?\"\r");
        SHOWS(screen, wait_for_text("\nstatus 3\n"));
    }
    void wait_can_be_interrupted_and_the_job_goes_on() {
        auto screen = open();
        screen->type("tick serve &\r");
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        screen->type("wait %1\r");
        SHOWS(screen, wait_for_text("wait %1\n"));
        screen->type("\x03");
        SHOWS(screen, wait_for_text("stopped waiting"));
        screen->type("jobs\r");
        SHOWS(screen, wait_for_text("%1   running"));
    }
    void ctrl_d_leaves_at_once_without_jobs_and_asks_with_them() {
        {
            auto screen = open();
            screen->type("\x04");
            CPPUNIT_ASSERT_EQUAL(0, screen->wait_for_end().value_or(-1));
        }
        auto screen = open();
        screen->type("tick serve &\r");
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        // Before the prompt the terminal still edits lines by itself, and swallows a Ctrl-D.
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("\x04");
        SHOWS(screen, wait_for_prompt("a job runs; cancel and leave? [y/N]"));
        screen->type("n\r");
        SHOWS(screen, wait_for_prompt("gantry>"));
        screen->type("\x04");
        SHOWS(screen, wait_for_prompt("a job runs; cancel and leave? [y/N]"));
        screen->type("y\r");
        CPPUNIT_ASSERT_EQUAL(0, screen->wait_for_end().value_or(-1));
    }
    void a_hang_up_ends_the_program() {
        auto screen = open();
        screen->type("tick serve &\r");
        SHOWS(screen, wait_for_text("[%1] tick serve"));
        ::kill(screen->pid(), SIGHUP);
        CPPUNIT_ASSERT(screen->wait_for_end().has_value());
    }
    void a_program_behind_a_pipe_has_the_screen() {
        auto screen = open();
        screen->type("tick run -n 2 | test -t 1 && echo has a screen\r");
        SHOWS(screen, wait_for_text("\nhas a screen\n"));
        screen->type("tick run -n 2 | tr a-z A-Z &\r");
        SHOWS(screen, wait_for_text("\nTICK 2 OF THE JOB\n"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TerminalJobTest);

#include "terminal_fixture.h"

#include <signal.h>

#include <algorithm>

using namespace gantry::testing;

// The same program without a terminal: one-shot, scripts, pipes, signals.
class NoTerminalTest : public TerminalFixture {
    CPPUNIT_TEST_SUITE(NoTerminalTest);
    CPPUNIT_TEST(a_script_on_standard_input_runs_without_prompts_or_escapes);
    CPPUNIT_TEST(a_program_can_give_a_command_and_read_its_answer);
    CPPUNIT_TEST(a_signal_ends_a_script_that_waits_for_its_next_line);
    CPPUNIT_TEST(a_script_stops_at_the_first_failure_unless_told_to_go_on);
    CPPUNIT_TEST(a_file_is_run_and_its_syntax_errors_have_a_place);
    CPPUNIT_TEST(one_command_has_its_status_and_its_error_on_standard_error);
    CPPUNIT_TEST(json_is_one_object_on_standard_output);
    CPPUNIT_TEST(a_server_says_that_it_listens_and_ends_well_on_a_signal);
    CPPUNIT_TEST(a_server_says_so_in_json_too);
    CPPUNIT_TEST(an_interrupt_ends_the_whole_script);
    CPPUNIT_TEST(a_second_interrupt_ends_a_stubborn_run);
    CPPUNIT_TEST(a_command_reads_standard_input);
    CPPUNIT_TEST(a_reader_that_goes_away_ends_the_command_quietly);
    CPPUNIT_TEST(what_runs_behind_a_script_ends_with_it);
    CPPUNIT_TEST(a_server_behind_a_script_is_ready_for_the_next_command);
    CPPUNIT_TEST(events_are_lines_of_json);
    CPPUNIT_TEST(safe_loads_nothing_by_itself);
    CPPUNIT_TEST(help_and_version_are_printed);
    CPPUNIT_TEST(settings_have_origins_and_are_written);
    CPPUNIT_TEST(an_unknown_setting_stops_the_program);
    CPPUNIT_TEST_SUITE_END();

    ProcessEnd run(const std::vector<std::string>& arguments) const {
        return run_process(process(arguments));
    }
    static void equal(const std::string& wanted, const std::string& got) {
        CPPUNIT_ASSERT_EQUAL(wanted, got);
    }
    static bool has(const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    }

  public:
    void a_script_on_standard_input_runs_without_prompts_or_escapes() {
        Process gantry(process({}));
        gantry.write("# a script\necho one\ntick run -n 2 --every 1ms --bytes 1MiB\necho 'x'");
        const auto end = gantry.wait();
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        equal("one\ntick 1 of the job\ntick 2 of the job\nx\n", end.out);
        equal("", end.err);
    }
    void a_program_can_give_a_command_and_read_its_answer() {
        Process gantry(process({}));
        for (const std::string word : {"one", "two"}) {
            gantry.write("echo " + word + "\n");
            equal(word, gantry.line_of_output(word).value_or("nothing"));
        }
        gantry.write("echo three &&\n\n");
        const auto end = gantry.wait();
        CPPUNIT_ASSERT_EQUAL(2, end.status.value_or(-1));
        equal("gantry: standard input: line 5, column 1: a command must stand before the end\n",
              end.err);
    }
    void a_signal_ends_a_script_that_waits_for_its_next_line() {
        Process gantry(process({}));
        gantry.write("echo ready\n");
        CPPUNIT_ASSERT(gantry.line_of_output("ready").has_value());
        gantry.send_signal(SIGTERM);
        while (gantry.running()) {
        }
        CPPUNIT_ASSERT_EQUAL(1, gantry.wait().status.value_or(-1));
    }
    void a_script_stops_at_the_first_failure_unless_told_to_go_on() {
        auto end = run({"-c", "echo a; apropos xyzzy; echo b"});
        CPPUNIT_ASSERT_EQUAL(3, end.status.value_or(-1));
        equal("a\n", end.out);
        equal("gantry: apropos: xyzzy: no command's help has this word\n", end.err);
        end = run({"-k", "-c", "echo a; apropos xyzzy; echo b"});
        CPPUNIT_ASSERT_EQUAL(3, end.status.value_or(-1));
        equal("a\nb\n", end.out);
    }
    void a_file_is_run_and_its_syntax_errors_have_a_place() {
        home_.write("s.gantry", "echo a\n");
        equal("a\n", run({"-f", "s.gantry"}).out);
        home_.write("s.gantry", "echo a\necho b &&\n");
        const auto end = run({"-f", "s.gantry"});
        CPPUNIT_ASSERT_EQUAL(2, end.status.value_or(-1));
        equal("", end.out);
        equal("gantry: s.gantry: line 3, column 1: a command must stand before the end\n", end.err);
        CPPUNIT_ASSERT_EQUAL(3, run({"-f", "none"}).status.value_or(-1));
    }
    void one_command_has_its_status_and_its_error_on_standard_error() {
        auto end = run({"tick", "run", "-n", "1", "--every", "1ms"});
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        equal("tick 1 of the job\n", end.out);
        end = run({"tick", "rnu"});
        CPPUNIT_ASSERT_EQUAL(2, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(end.err, has(end.err, "did you mean 'run'?"));
        equal("", end.out);
        end = run({"tick", "run", "--cuont", "1"});
        CPPUNIT_ASSERT_EQUAL(2, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(end.err, has(end.err, "--count"));
    }
    void json_is_one_object_on_standard_output() {
        auto end = run({"--json", "tick", "run", "-n", "2", "--every", "1ms"});
        CPPUNIT_ASSERT_MESSAGE(end.out,
                               end.out.rfind("{\"ok\":true,\"ticks\":2,\"seconds\":0.", 0) == 0);
        CPPUNIT_ASSERT_EQUAL(end.out.size() - 1, end.out.find('\n'));
        equal("", end.err);
        end = run({"--json", "plugin", "info", "xyzzy"});
        CPPUNIT_ASSERT_EQUAL(3, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(
            end.out,
            end.out.rfind("{\"ok\":false,\"error\":{\"code\":3,\"name\":\"not_found\",", 0) == 0);
        equal("", end.err);
    }
    void a_server_says_that_it_listens_and_ends_well_on_a_signal() {
        for (const int signal : {SIGINT, SIGTERM}) {
            Process gantry(process({"tick", "serve"}));
            equal("listening tick 127.0.0.1:99",
                  gantry.line_of_output("listening ").value_or("nothing"));
            gantry.send_signal(signal);
            const auto end = gantry.wait();
            CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
            equal("", end.err);
        }
    }
    void a_server_says_so_in_json_too() {
        Process gantry(process({"--json", "tick", "serve"}));
        equal("{\"event\":\"listening\",\"name\":\"tick\",\"address\":\"127.0.0.1:99\"}",
              gantry.line_of_output("{\"event\"").value_or("nothing"));
        gantry.send_signal(SIGTERM);
        const auto end = gantry.wait();
        CPPUNIT_ASSERT_MESSAGE(end.out, end.out.rfind("{\"ok\":true,\"served\":0,", 0) == 0);
    }
    void an_interrupt_ends_the_whole_script() {
        Process gantry(process({"-k", "-c", "tick serve; echo more"}));
        CPPUNIT_ASSERT(gantry.line_of_output("listening ").has_value());
        gantry.send_signal(SIGINT);
        const auto end = gantry.wait();
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        equal("", end.out);
    }
    void a_second_interrupt_ends_a_stubborn_run() {
        Process gantry(process({"tick", "stubborn", "end"}));
        CPPUNIT_ASSERT(gantry.line_of_output("stubborn").has_value());
        gantry.send_signal(SIGINT);
        while (gantry.running()) gantry.send_signal(SIGINT);
        const auto end = gantry.wait();
        CPPUNIT_ASSERT_EQUAL(1, end.status.value_or(-1));
        equal("gantry: it did not stop in time and was ended\n", end.err);
    }
    void a_command_reads_standard_input() {
        Process gantry(process({"tick", "copy"}));
        gantry.write("from the pipe\n");
        equal("from the pipe\n", gantry.wait().out);
    }
    void a_reader_that_goes_away_ends_the_command_quietly() {
        const std::string line =
            GANTRY_BINARY_DIR "/bin/gantry --plugin-path " TERMINAL_TEST_PLUGINS
                              " tick run -n 100000 --every 0 | head -n 1";
        auto spec = process({});
        spec.command = {"/bin/bash", "-c", line + "; echo \"${PIPESTATUS[0]}\""};
        const auto end = run_process(spec);
        equal("tick 1 of the job\n1\n", end.out);
        equal("", end.err);
    }
    void what_runs_behind_a_script_ends_with_it() {
        const auto end = run({"-c", "tick serve & echo over"});
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        equal("listening tick 127.0.0.1:99\nover\n", end.out);
    }
    void a_server_behind_a_script_is_ready_for_the_next_command() {
        const auto end = run({"-c", "tick serve & echo \"$listening $!\"; cancel $!; wait"});
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        equal("listening tick 127.0.0.1:99\n127.0.0.1:99 %1\n", end.out);
    }
    void events_are_lines_of_json() {
        const auto* listening =
            R"("type":"job.listening","version":1,"plugin":"ticker","job":1,"fields":{"name":"tick",)"
            R"("address":"127.0.0.1:99"}})";
        const auto end = run({"--events", "events", "-q", "tick", "run", "-n", "1"});
        CPPUNIT_ASSERT_EQUAL(0, end.status.value_or(-1));
        const auto events = home_.read("events");
        CPPUNIT_ASSERT_MESSAGE(events, events.rfind("{\"v\":1,\"at\":\"20", 0) == 0);
        CPPUNIT_ASSERT_MESSAGE(events, has(events, "\"type\":\"job.started\""));
        CPPUNIT_ASSERT_MESSAGE(events, has(events, "\"type\":\"job.finished\""));
        (void)run({"--events", "events", "-c", "tick serve & echo"});
        CPPUNIT_ASSERT_MESSAGE(home_.read("events"), has(home_.read("events"), listening));
        const auto mixed = run({"--events", "-", "--json", "tick", "run", "-n", "1"});
        CPPUNIT_ASSERT_MESSAGE(mixed.out,
                               has(mixed.out, "\"job.started\"") && has(mixed.out, "\"ok\":true"));
    }
    void safe_loads_nothing_by_itself() {
        const auto end = run({"--safe", "tick", "run"});
        CPPUNIT_ASSERT_EQUAL(14, end.status.value_or(-1));
        CPPUNIT_ASSERT_MESSAGE(end.err, has(end.err, "plugin load ticker"));
        CPPUNIT_ASSERT_EQUAL(
            0, run({"--safe", "-c", "plugin load ticker; tick run -n 1"}).status.value_or(-1));
    }
    void help_and_version_are_printed() {
        auto end = run({"--help"});
        CPPUNIT_ASSERT_MESSAGE(end.out, has(end.out, "--plugin-path DIR") && has(end.out, "tick "));
        CPPUNIT_ASSERT(std::count(end.out.begin(), end.out.end(), '\n') < 45);
        CPPUNIT_ASSERT(run({"--version"}).out.rfind("gantry 0.", 0) == 0);
        CPPUNIT_ASSERT(has(run({"tick", "run", "--help"}).out, "tick run [FILE] [-n VALUE]"));
        CPPUNIT_ASSERT(has(run({"help", "tick", "run"}).out, "tick run [FILE]"));
        auto spec = process({"plugin", "list", "--help"});
        spec.environment["TERM"] = "xterm";
        CPPUNIT_ASSERT(!has(run_process(spec).out, "\x1b"));
        CPPUNIT_ASSERT_EQUAL(2, run({"--hlep"}).status.value_or(-1));
    }
    void settings_have_origins_and_are_written() {
        CPPUNIT_ASSERT_EQUAL(0, run({"config", "set", "history_size", "5"}).status.value_or(-1));
        equal("history_size = 5\n", home_.read(".config/gantry/config.toml"));
        auto spec = process({"--set", "color=never", "config", "show", "--origin"});
        spec.environment["GANTRY_DRAIN"] = "3s";
        const auto end = run_process(spec);
        CPPUNIT_ASSERT_MESSAGE(end.out, has(end.out, "never  flag (--set)"));
        CPPUNIT_ASSERT_MESSAGE(end.out, has(end.out, "3s     environment (GANTRY_DRAIN)"));
        CPPUNIT_ASSERT_MESSAGE(end.out, has(end.out, "5      user file ("));
        equal("5\n", run({"config", "get", "history_size"}).out);
    }
    void an_unknown_setting_stops_the_program() {
        home_.write("my.toml", "histroy_size = 3\n");
        const auto end = run({"--config", "my.toml", "echo", "a"});
        CPPUNIT_ASSERT_EQUAL(2, end.status.value_or(-1));
        equal(
            "gantry: my.toml:1: there is no setting 'histroy_size'; did you mean 'history_size'?\n",
            end.err);
        CPPUNIT_ASSERT_EQUAL(3, run({"--config", "none", "echo", "a"}).status.value_or(-1));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(NoTerminalTest);

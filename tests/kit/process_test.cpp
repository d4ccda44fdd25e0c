#include <support/process.h>
#include <support/temporary_folder.h>

#include <cppunit/extensions/HelperMacros.h>

#include <unistd.h>

#include <csignal>
#include <iostream>
#include <system_error>

namespace gantry::testing {
namespace {

ProcessSpec script(const std::string& text) {
    ProcessSpec spec;
    spec.command = {"/bin/sh", "-c", text};
    return spec;
}

class ProcessTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessTest);
    CPPUNIT_TEST(tells_the_exit_status_and_both_outputs);
    CPPUNIT_TEST(tells_the_signal_that_ended_it);
    CPPUNIT_TEST(hands_over_environment_folder_and_input);
    CPPUNIT_TEST(finds_a_line_and_keeps_the_others);
    CPPUNIT_TEST(gives_up_on_a_line_when_the_child_ends);
    CPPUNIT_TEST(kills_what_outlives_the_limit);
    CPPUNIT_TEST(kills_the_child_when_it_goes);
    CPPUNIT_TEST(reads_more_than_a_pipe_holds);
    CPPUNIT_TEST(writing_to_a_child_that_has_gone_throws);
    CPPUNIT_TEST(a_missing_program_is_status_127);
    CPPUNIT_TEST(inherits_no_descriptor);
    CPPUNIT_TEST(runs_as_another_user);
    CPPUNIT_TEST_SUITE_END();

    void tells_the_exit_status_and_both_outputs() {
        const ProcessEnd end = run_process(script("echo data; echo words >&2; exit 7"));
        CPPUNIT_ASSERT_EQUAL(7, end.status.value_or(-1));
        CPPUNIT_ASSERT_EQUAL(std::string("data\n"), end.out);
        CPPUNIT_ASSERT_EQUAL(std::string("words\n"), end.err);
    }

    void tells_the_signal_that_ended_it() {
        const ProcessEnd end = run_process(script("kill -USR1 $$"));
        CPPUNIT_ASSERT(!end.status);
        CPPUNIT_ASSERT_EQUAL(SIGUSR1, end.signal);
        CPPUNIT_ASSERT(!end.timed_out);
    }

    void hands_over_environment_folder_and_input() {
        const TemporaryFolder folder;
        ProcessSpec spec = script("pwd; echo $COLOUR; cat");
        spec.environment["COLOUR"] = "teal";
        spec.folder = folder.path();
        Process child(spec);
        child.write("typed\n");
        const ProcessEnd end = child.wait();
        CPPUNIT_ASSERT_EQUAL(folder.path().string() + "\nteal\ntyped\n", end.out);
    }

    void finds_a_line_and_keeps_the_others() {
        Process child(script("echo first; echo listening cs 127.0.0.1:5; read stop; echo last"));
        const auto line = child.line_of_output("listening ");
        CPPUNIT_ASSERT(line.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string("listening cs 127.0.0.1:5"), *line);
        CPPUNIT_ASSERT(child.running());
        CPPUNIT_ASSERT_EQUAL(std::string("first\nlast\n"), child.wait().out);
    }

    void gives_up_on_a_line_when_the_child_ends() {
        Process child(script("echo other; exit 3"));
        CPPUNIT_ASSERT(!child.line_of_output("listening "));
        CPPUNIT_ASSERT_EQUAL(3, child.wait().status.value_or(-1));
    }

    void kills_what_outlives_the_limit() {
        const ProcessEnd end = run_process(script("exec sleep 100"), Process::Limit(50));
        CPPUNIT_ASSERT(end.timed_out);
        CPPUNIT_ASSERT_EQUAL(SIGKILL, end.signal);
    }

    void kills_the_child_when_it_goes() {
        pid_t pid = -1;
        {
            Process child(script("exec sleep 100"));
            pid = child.pid();
            CPPUNIT_ASSERT_EQUAL(0, ::kill(pid, 0));
        }
        CPPUNIT_ASSERT_EQUAL(-1, ::kill(pid, 0));
    }

    void reads_more_than_a_pipe_holds() {
        const ProcessEnd end = run_process(script("head -c 300000 /dev/zero"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{300'000}, end.out.size());
    }

    void writing_to_a_child_that_has_gone_throws() {
        Process child(script("exec <&-; echo closed; read never < /dev/null; exit 0"));
        CPPUNIT_ASSERT(child.line_of_output("closed"));
        CPPUNIT_ASSERT_THROW(child.write("words"), std::system_error);
    }

    void a_missing_program_is_status_127() {
        ProcessSpec spec;
        spec.command = {"/nonexistent/program"};
        CPPUNIT_ASSERT_EQUAL(127, run_process(spec).status.value_or(-1));
    }

    void inherits_no_descriptor() {
        const int extra = ::dup(STDIN_FILENO);
        const ProcessEnd end = run_process(script("ls /proc/self/fd | wc -l"));
        ::close(extra);
        CPPUNIT_ASSERT_EQUAL(std::string("4\n"), end.out);  // 0, 1, 2 and the folder itself
    }

    void runs_as_another_user() {
        if (::geteuid() != 0) {
            std::cout << " (skipped: only root can become another user)";
            return;
        }
        ProcessSpec spec = script("id -u; id -g; id -G");
        spec.user = 65534;
        CPPUNIT_ASSERT_EQUAL(std::string("65534\n65534\n65534\n"), run_process(spec).out);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProcessTest);

}  // namespace
}  // namespace gantry::testing

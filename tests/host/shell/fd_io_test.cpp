#include "fakes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/fd_io.h>
#include <host/shell/program_pipe.h>

#include <signal.h>
#include <unistd.h>

#include <thread>

using namespace gantry;
using namespace gantry::host;

class FdIoTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FdIoTest);
    CPPUNIT_TEST(a_closed_output_says_so);
    CPPUNIT_TEST(input_is_read_to_its_end);
    CPPUNIT_TEST(a_read_that_waits_can_be_stopped);
    CPPUNIT_TEST(a_program_reads_what_is_written_and_tells_its_status);
    CPPUNIT_TEST(a_program_ended_by_a_signal_has_a_status_above_128);
    CPPUNIT_TEST(a_program_runs_in_its_folder_with_its_variables);
    CPPUNIT_TEST(a_program_that_stops_reading_closes_the_output);
    CPPUNIT_TEST(a_program_can_be_interrupted_and_dies_of_a_broken_pipe);
    CPPUNIT_TEST_SUITE_END();

    OwnedFd read_;
    OwnedFd write_;
    fakes::TextOutput printed_;

    std::unique_ptr<ProgramPipe> start(std::string program) {
        auto pipe = ProgramPipe::start({std::move(program), "/", {{"VALUE", "a b"}}, &printed_});
        CPPUNIT_ASSERT(pipe.ok());
        return std::move(*pipe);
    }

  public:
    void setUp() override {
        ::signal(SIGPIPE, SIG_IGN);
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(fds));
        read_ = OwnedFd(fds[0]);
        write_ = OwnedFd(fds[1]);
    }
    void a_closed_output_says_so() {
        FdOutput output(std::move(write_));
        CPPUNIT_ASSERT(output.write("x").ok());
        output.close();
        CPPUNIT_ASSERT(output.write("x").error().code == ErrorCode::closed);
    }
    void input_is_read_to_its_end() {
        FdInput input(read_.get());
        CPPUNIT_ASSERT(write_all(write_.get(), "abc").ok());
        write_.reset();
        std::byte buffer[8];
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, input.read(buffer).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, input.read(buffer).value());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, EmptyInput().read(buffer).value());
    }
    void a_read_that_waits_can_be_stopped() {
        FdInput input(read_.get());
        std::thread stopper([&] { input.stop(); });
        std::byte buffer[8];
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, input.read(buffer).value());
        stopper.join();
    }
    void a_program_reads_what_is_written_and_tells_its_status() {
        auto program = start("tr a-z A-Z; exit 5");
        CPPUNIT_ASSERT(program->input().write("hello").ok());
        CPPUNIT_ASSERT_EQUAL(5, program->finish());
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO"), printed_.text());
    }
    void a_program_ended_by_a_signal_has_a_status_above_128() {
        CPPUNIT_ASSERT_EQUAL(128 + SIGTERM, start("kill -TERM $$")->finish());
    }
    void a_program_runs_in_its_folder_with_its_variables() {
        CPPUNIT_ASSERT_EQUAL(0, start("pwd; echo \"$VALUE\"")->finish());
        CPPUNIT_ASSERT_EQUAL(std::string("/\na b\n"), printed_.text());
    }
    void a_program_that_stops_reading_closes_the_output() {
        auto program = start("exec <&-; echo gone; read line </dev/null");
        Result<void> written;
        while (written.ok()) written = program->input().write(std::string(4096, 'x'));
        CPPUNIT_ASSERT(written.error().code == ErrorCode::closed);
        program->finish();
    }
    void a_program_can_be_interrupted_and_dies_of_a_broken_pipe() {
        CPPUNIT_ASSERT_EQUAL(0, start("grep -E 'Sig(Blk|Ign)' /proc/self/status")->finish());
        const auto text = printed_.text();
        const auto mask = [&](const char* name) {
            return std::stoull(text.substr(text.find(name) + 8), nullptr, 16);
        };
        CPPUNIT_ASSERT_EQUAL(0ULL, mask("SigBlk:") & (1ULL << (SIGINT - 1)));
        CPPUNIT_ASSERT_EQUAL(0ULL, mask("SigIgn:") & (1ULL << (SIGPIPE - 1)));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FdIoTest);

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <host/shell/script_input.h>
#include <unistd.h>

#include <csignal>

using namespace gantry;
using namespace gantry::host;

namespace {

class ScriptInputTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ScriptInputTest);
    CPPUNIT_TEST(a_line_is_handed_out_before_the_next_has_come);
    CPPUNIT_TEST(lines_that_belong_together_come_together);
    CPPUNIT_TEST(a_comment_or_a_pipe_does_not_reach_into_the_next_line);
    CPPUNIT_TEST(the_last_line_needs_no_end);
    CPPUNIT_TEST(an_open_quote_at_the_end_is_handed_out_as_it_is);
    CPPUNIT_TEST(a_signal_ends_the_wait);
    CPPUNIT_TEST(a_command_without_end_is_refused);
    CPPUNIT_TEST_SUITE_END();

    SignalSource signals_;
    OwnedFd read_;
    OwnedFd write_;
    std::optional<ScriptInput> input_;

    void give(std::string_view text) { CPPUNIT_ASSERT(write_all(write_.get(), text).ok()); }
    void expect(const std::string& text, std::size_t line) {
        auto piece = input_->next();
        CPPUNIT_ASSERT(piece.ok() && piece->has_value());
        CPPUNIT_ASSERT_EQUAL(text, (*piece)->text);
        CPPUNIT_ASSERT_EQUAL(line, (*piece)->first_line);
    }
    void expect_end() {
        auto piece = input_->next();
        CPPUNIT_ASSERT(piece.ok() && !piece->has_value());
    }

  public:
    void setUp() override {
        int both[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe2(both, O_CLOEXEC));
        read_ = OwnedFd(both[0]);
        write_ = OwnedFd(both[1]);
        input_.emplace(read_.get(), signals_);
    }
    void a_line_is_handed_out_before_the_next_has_come() {
        give("echo one\nech");
        expect("echo one\n", 1);
        give("o two\n\n");
        expect("echo two\n", 2);
        expect("\n", 3);
        write_.reset();
        expect_end();
    }
    void lines_that_belong_together_come_together() {
        give("echo 'a\nb'\necho c &&\n\necho d\necho \\\ne\necho f || \\\necho g\n");
        expect("echo 'a\nb'\n", 1);
        expect("echo c &&\n\necho d\n", 3);
        expect("echo \\\ne\n", 6);
        expect("echo f || \\\necho g\n", 8);
    }
    void a_comment_or_a_pipe_does_not_reach_into_the_next_line() {
        give("echo a # it's \\\nhelp | grep 'x y'\necho $\n");
        expect("echo a # it's \\\n", 1);
        expect("help | grep 'x y'\n", 2);
        expect("echo $\n", 3);
    }
    void the_last_line_needs_no_end() {
        give("echo a\necho b");
        write_.reset();
        expect("echo a\n", 1);
        expect("echo b", 2);
        expect_end();
        expect_end();
    }
    void an_open_quote_at_the_end_is_handed_out_as_it_is() {
        give("echo 'a\nb\n");
        write_.reset();
        expect("echo 'a\nb\n", 1);
        expect_end();
    }
    void a_signal_ends_the_wait() {
        for (const int signal : {SIGINT, SIGTERM}) {
            ::raise(signal);
            const auto piece = input_->next();
            CPPUNIT_ASSERT(!piece && piece.error().code == ErrorCode::cancelled);
        }
    }
    void a_command_without_end_is_refused() {
        char name[] = "/tmp/gantry-script-XXXXXX";
        const OwnedFd file(::mkstemp(name));
        ::unlink(name);
        CPPUNIT_ASSERT(write_all(file.get(), std::string(2'000'000, 'x')).ok());
        ::lseek(file.get(), 0, SEEK_SET);
        const auto piece = ScriptInput(file.get(), signals_).next();
        CPPUNIT_ASSERT(!piece && piece.error().code == ErrorCode::limit);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ScriptInputTest);

}  // namespace

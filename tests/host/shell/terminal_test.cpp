#include <cppunit/extensions/HelperMacros.h>
#include <host/shell/fd_io.h>
#include <host/shell/limits.h>
#include <host/shell/terminal.h>

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace gantry;
using namespace gantry::host;

class TerminalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TerminalTest);
    CPPUNIT_TEST(off_a_screen_bytes_pass_as_they_are);
    CPPUNIT_TEST(on_a_screen_control_characters_are_written_out);
    CPPUNIT_TEST(output_takes_the_block_away_and_puts_it_back_below);
    CPPUNIT_TEST(no_block_is_drawn_behind_an_unfinished_line);
    CPPUNIT_TEST(off_a_screen_no_block_is_drawn);
    CPPUNIT_TEST(a_lent_screen_has_no_block);
    CPPUNIT_TEST(output_waits_while_a_line_is_typed);
    CPPUNIT_TEST(the_block_goes_when_the_typed_line_is_done);
    CPPUNIT_TEST(an_interrupt_goes_to_a_new_line_unless_the_block_wipes_it);
    CPPUNIT_TEST(a_typed_line_begins_on_a_line_of_its_own);
    CPPUNIT_TEST(writers_wait_when_the_queue_is_full);
    CPPUNIT_TEST(a_reader_that_has_gone_is_an_error_and_no_signal);
    CPPUNIT_TEST(erases_all_rows_of_a_typed_line);
    CPPUNIT_TEST_SUITE_END();

    OwnedFd read_;
    OwnedFd write_;
    std::unique_ptr<Terminal> terminal_;

    void make(bool screen) {
        int fds[2];
        CPPUNIT_ASSERT_EQUAL(0, ::pipe(fds));
        read_ = OwnedFd(fds[0]);
        write_ = OwnedFd(fds[1]);
        Terminal::Options options;
        options.out_fd = options.error_fd = write_.get();
        options.out_is_screen = options.error_is_screen = options.animate = screen;
        terminal_ = std::make_unique<Terminal>(options);
    }
    std::string seen() {
        write_all(write_.get(), "\x01").ok();
        std::string text;
        for (char byte = 0; ::read(read_.get(), &byte, 1) == 1 && byte != '\x01';) text += byte;
        return text;
    }
    void out(std::string_view text) { CPPUNIT_ASSERT(terminal_->write(Channel::out, text).ok()); }

  public:
    void setUp() override { make(true); }
    void off_a_screen_bytes_pass_as_they_are() {
        make(false);
        out("a\x1b[2Jb");
        CPPUNIT_ASSERT_EQUAL(std::string("a\x1b[2Jb"), seen());
    }
    void on_a_screen_control_characters_are_written_out() {
        out("a\x1b[2Jb\n");
        CPPUNIT_ASSERT_EQUAL(std::string("a\\x1b[2Jb\n"), seen());
    }
    void output_takes_the_block_away_and_puts_it_back_below() {
        terminal_->set_block({"one", "two"});
        CPPUNIT_ASSERT_EQUAL(std::string("one\ntwo\n"), seen());
        out("text\n");
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[2A\x1b[Jtext\none\ntwo\n"), seen());
        terminal_->set_block({});
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[2A\x1b[J"), seen());
    }
    void no_block_is_drawn_behind_an_unfinished_line() {
        out("half");
        terminal_->set_block({"one"});
        CPPUNIT_ASSERT_EQUAL(std::string("half"), seen());
        out(" whole\n");
        CPPUNIT_ASSERT_EQUAL(std::string(" whole\none\n"), seen());
    }
    void off_a_screen_no_block_is_drawn() {
        make(false);
        terminal_->set_block({"one"});
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
    }
    void a_lent_screen_has_no_block() {
        terminal_->set_block({"one"});
        (void)seen();
        terminal_->lend_screen(true);
        terminal_->set_block({"two"});
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[1A\x1b[J"), seen());
        terminal_->lend_screen(false);
        terminal_->set_block({"two"});
        CPPUNIT_ASSERT_EQUAL(std::string("two\n"), seen());
    }
    void output_waits_while_a_line_is_typed() {
        int woken = 0;
        terminal_->begin_line([&] { ++woken; });
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[K"), seen());
        out("later\n");
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
        CPPUNIT_ASSERT_EQUAL(1, woken);
        terminal_->set_block({"one"});
        terminal_->repaint("<erase>", "<between>");
        CPPUNIT_ASSERT_EQUAL(std::string("<erase><between>later\none\n"), seen());
        terminal_->set_block({});
        terminal_->repaint("");
        (void)seen();
        out("last\n");
        terminal_->end_line();
        CPPUNIT_ASSERT_EQUAL(std::string("last\n"), seen());
    }
    void the_block_goes_when_the_typed_line_is_done() {
        terminal_->begin_line([] {});
        terminal_->set_block({"one", "two"});
        terminal_->repaint("");
        (void)seen();
        terminal_->end_line("gantry> " + std::string(80, 'x'));
        CPPUNIT_ASSERT_EQUAL("\r\x1b[4A\x1b[Jgantry> " + std::string(80, 'x') + "\n", seen());
    }
    void an_interrupt_goes_to_a_new_line_unless_the_block_wipes_it() {
        terminal_->interrupted();
        CPPUNIT_ASSERT_EQUAL(std::string("\n"), seen());
        terminal_->set_block({"one"});
        (void)seen();
        terminal_->interrupted();
        CPPUNIT_ASSERT_EQUAL(std::string(), seen());
    }
    void a_typed_line_begins_on_a_line_of_its_own() {
        out("half");
        (void)seen();
        terminal_->begin_line([] {});
        CPPUNIT_ASSERT_EQUAL(std::string("\n"), seen());
    }
    void writers_wait_when_the_queue_is_full() {
        terminal_->begin_line([] {});
        (void)seen();
        out(std::string(shell_limits::kQueuedOutput, 'x'));
        std::atomic<bool> written{false};
        std::thread writer([&] {
            (void)terminal_->write(Channel::out, "more\n");
            written = true;
        });
        CPPUNIT_ASSERT(!written);
        std::string text;
        std::thread reader([&] {
            char buffer[4096];
            while (text.find("more\n") == std::string::npos) {
                const auto count = ::read(read_.get(), buffer, sizeof buffer);
                if (count <= 0) break;
                text.append(buffer, static_cast<std::size_t>(count));
            }
        });
        terminal_->repaint("");
        writer.join();
        terminal_->end_line();
        reader.join();
        CPPUNIT_ASSERT(written);
        CPPUNIT_ASSERT_EQUAL(shell_limits::kQueuedOutput, text.find('\n'));
    }
    void a_reader_that_has_gone_is_an_error_and_no_signal() {
        ::signal(SIGPIPE, SIG_IGN);
        make(false);
        read_.reset();
        auto written = terminal_->write(Channel::out, "x");
        CPPUNIT_ASSERT(!written.ok());
        CPPUNIT_ASSERT(written.error().code == ErrorCode::closed);
    }
    void erases_all_rows_of_a_typed_line() {
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[J"), erase_typed_line(79, 80));
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[1A\x1b[J"), erase_typed_line(80, 80));
        CPPUNIT_ASSERT_EQUAL(std::string("\r\x1b[2A\x1b[J"), erase_typed_line(170, 80));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TerminalTest);

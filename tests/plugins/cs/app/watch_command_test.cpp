#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class WatchCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WatchCommandTest);
    CPPUNIT_TEST(tells_each_change_in_a_line);
    CPPUNIT_TEST(tells_changes_as_values);
    CPPUNIT_TEST(looks_below_when_it_is_asked_to);
    CPPUNIT_TEST(ends_after_the_changes_that_are_wanted);
    CPPUNIT_TEST(being_cancelled_is_no_failure);
    CPPUNIT_TEST(stays_for_hours_in_which_nothing_happens);
    CPPUNIT_TEST(a_missing_folder_is_told);
    CPPUNIT_TEST(a_file_is_no_folder);
    CPPUNIT_TEST(ends_when_the_folder_goes);
    CPPUNIT_TEST(ends_when_the_server_goes_down);
    CPPUNIT_TEST(says_that_changes_were_lost);
    CPPUNIT_TEST(shows_no_control_characters);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;

    // Runs until the watch has begun.
    testing::TestCommand begin(const std::string& arguments, const testing::RunOptions& how = {}) {
        auto command = hosts_.client.start("cs watch " + url_ + arguments, how);
        CPPUNIT_ASSERT(hosts_.world.clock().run_until(
            [&] { return !command.result().messages.empty() || command.finished(); },
            std::chrono::seconds(10)));
        return command;
    }
    void run() { hosts_.world.clock().run_for(std::chrono::milliseconds(100)); }
    static bool has_line(const testing::CommandResult& result, const std::string& start,
                         const std::string& end) {
        const auto from = result.out.find(start);
        if (from == std::string::npos) return false;
        return result.out.substr(from, result.out.find('\n', from) - from).ends_with(end);
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/d/old", "old");
        hosts_.served().write_file("srv/d/below/x", "x");
        url_ = hosts_.serve();
    }

    void tells_each_change_in_a_line() {
        auto command = begin("d");
        CPPUNIT_ASSERT_EQUAL("watching " + url_ + "d\n", command.result().messages);
        hosts_.served().write_file("srv/d/new", "12345");
        run();
        CPPUNIT_ASSERT(hosts_.served().remove("srv/d/old"));
        run();
        hosts_.served().write_file("srv/d/below/y", "y");  // is not told
        run();
        const auto result = command.result();
        CPPUNIT_ASSERT_MESSAGE(result.out,
                               has_line(result, "created  file               5", " new"));
        CPPUNIT_ASSERT_MESSAGE(result.out, has_line(result, "removed  old", "old"));
        CPPUNIT_ASSERT(result.out.find('y') == std::string::npos);
        command.cancel();
        CPPUNIT_ASSERT(command.wait());
        hosts_.assert_clean_stop();
    }
    void tells_changes_as_values() {
        testing::RunOptions json;
        json.json = true;
        auto command = begin("d -n 1", json);
        CPPUNIT_ASSERT(hosts_.served().remove("srv/d/old"));
        CPPUNIT_ASSERT(command.wait());
        const auto result = command.result();
        assert_ok(result);
        const auto* changes = result.value.find("changes")->as_array();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, changes->size());
        CPPUNIT_ASSERT_EQUAL(std::string("removed"), text_of(changes->front(), "change"));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), text_of(changes->front(), "name"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, number_of(result.value, "count"));
    }
    void looks_below_when_it_is_asked_to() {
        auto command = begin("d --recursive -n 1");
        hosts_.served().write_file("srv/d/below/y", "yy");
        CPPUNIT_ASSERT(command.wait());
        CPPUNIT_ASSERT(has_line(command.result(), "created  file               2", " below/y"));
    }
    void ends_after_the_changes_that_are_wanted() {
        auto command = begin("d -n 3");
        for (int i = 0; i < 10; ++i) hosts_.served().write_file("srv/d/f" + std::to_string(i), "x");
        CPPUNIT_ASSERT(command.wait());
        assert_ok(command.result());
        const auto out = command.result().out;
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{3}, std::count(out.begin(), out.end(), '\n'));
        assert_failed(ErrorCode::usage, hosts_.client.run("cs watch " + url_ + " -n 0"));
    }
    void being_cancelled_is_no_failure() {
        auto command = begin("d");
        command.cancel();
        CPPUNIT_ASSERT(command.wait());
        assert_ok(command.result());
        hosts_.assert_clean_stop();
    }
    void stays_for_hours_in_which_nothing_happens() {
        auto command = begin("d -n 1");
        hosts_.world.clock().run_for(std::chrono::hours(3));
        CPPUNIT_ASSERT(!command.finished());
        CPPUNIT_ASSERT(hosts_.served().remove("srv/d/old"));
        CPPUNIT_ASSERT(command.wait());
        assert_ok(command.result());
    }
    void a_missing_folder_is_told() {
        assert_failed(ErrorCode::not_found, begin("missing").result());
    }
    void a_file_is_no_folder() { assert_failed(ErrorCode::usage, begin("d/old").result()); }
    void ends_when_the_folder_goes() {
        auto command = begin("d/below");
        CPPUNIT_ASSERT(hosts_.served().remove("srv/d/below/x"));
        CPPUNIT_ASSERT(hosts_.served().remove("srv/d/below"));
        CPPUNIT_ASSERT(command.wait(std::chrono::minutes(1)));
        assert_failed(ErrorCode::not_found, command.result());
    }
    void ends_when_the_server_goes_down() {
        auto command = begin("d");
        hosts_.serving->cancel();
        CPPUNIT_ASSERT(hosts_.serving->wait(std::chrono::seconds(2)));
        assert_ok(hosts_.serving->result());
        CPPUNIT_ASSERT(command.wait());
        assert_failed(ErrorCode::network, command.result());
    }
    void says_that_changes_were_lost() {
        auto command = begin("d -n 1");
        hosts_.served().write_file("srv/d/new", "x");
        hosts_.served().overflow_watches();
        CPPUNIT_ASSERT(command.wait());
        CPPUNIT_ASSERT(command.result().out.starts_with("overflow: "));
    }
    void shows_no_control_characters() {
        auto command = begin("d -n 1");
        hosts_.served().write_file("srv/d/a\nb\x1b", "x");
        CPPUNIT_ASSERT(command.wait());
        const auto out = command.result().out;
        CPPUNIT_ASSERT_EQUAL(out.size() - 1, out.find('\n'));
        CPPUNIT_ASSERT(out.find('\x1b') == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WatchCommandTest);

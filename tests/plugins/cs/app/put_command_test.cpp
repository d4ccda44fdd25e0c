#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// `cs put`, from the command line to the server's disk.
class PutCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PutCommandTest);
    CPPUNIT_TEST(sends_a_file_under_the_name_of_the_url);
    CPPUNIT_TEST(a_file_goes_into_a_folder_of_that_name);
    CPPUNIT_TEST(several_files_go_into_a_folder_that_is_made);
    CPPUNIT_TEST(a_folder_goes_with_all_below_it);
    CPPUNIT_TEST(a_folder_takes_a_new_name);
    CPPUNIT_TEST(sends_empty_and_large_files_whole);
    CPPUNIT_TEST(replaces_unless_told_not_to);
    CPPUNIT_TEST(a_read_only_server_takes_nothing);
    CPPUNIT_TEST(says_what_is_missing);
    CPPUNIT_TEST(goes_on_when_one_file_fails);
    CPPUNIT_TEST(cancelling_leaves_nothing_behind_when_it_is_told_to);
    CPPUNIT_TEST(the_same_command_goes_on_after_it_was_cancelled);
    CPPUNIT_TEST(no_name_leads_out_of_the_root);
    CPPUNIT_TEST(the_log_tells_of_it);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;
    testing::CommandResult put(const std::string& line) {
        return hosts_.client.run("cs put " + line);
    }
    std::string stored(const std::string& name) { return hosts_.served().read_file("srv/" + name); }
    bool there(const std::string& name) { return hosts_.served().contains("srv/" + name); }
    void make(const std::string& name, const std::string& text) {
        hosts_.files().write_file("home/" + name, text);
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/old", "older");
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv/in"));
        url_ = hosts_.serve("--insecure --writable");
    }
    void sends_a_file_under_the_name_of_the_url() {
        make("a", content(3000));
        const auto result = put("/home/a " + url_ + "x/b");
        assert_ok(result);
        CPPUNIT_ASSERT(stored("x/b") == content(3000));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3000}, number_of(result.value, "bytes"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, number_of(result.value, "files"));
        CPPUNIT_ASSERT_EQUAL(url_ + "x/b", text_of(result.value, "url"));
        hosts_.assert_clean_stop();
    }
    void a_file_goes_into_a_folder_of_that_name() {
        make("a", "aa");
        assert_ok(put("/home/a " + url_ + "in"));
        assert_ok(put("/home/a " + url_ + "new/"));
        CPPUNIT_ASSERT_EQUAL(std::string("aaaa"), stored("in/a") + stored("new/a"));
    }
    void several_files_go_into_a_folder_that_is_made() {
        make("a", "1");
        make("b", "22");
        assert_ok(put("/home/a /home/b " + url_ + "new"));
        CPPUNIT_ASSERT_EQUAL(std::string("122"), stored("new/a") + stored("new/b"));
    }
    void a_folder_goes_with_all_below_it() {
        make("d/a", "1");
        make("d/sub/b", "22");
        CPPUNIT_ASSERT(hosts_.files().make_folders("home/d/bare/deep"));
        const auto result = put("/home/d " + url_);
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("122"), stored("d/a") + stored("d/sub/b"));
        CPPUNIT_ASSERT(there("d/bare/deep"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, number_of(result.value, "files"));
    }
    void a_folder_takes_a_new_name() {
        make("d/a", "1");
        assert_ok(put("/home/d/ " + url_ + "e"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), stored("e/a"));
    }
    void sends_empty_and_large_files_whole() {
        make("none", "");
        make("large", content(5'000'000));
        assert_ok(put("/home/none /home/large " + url_));
        CPPUNIT_ASSERT(there("none") && stored("none").empty());
        CPPUNIT_ASSERT(stored("large") == content(5'000'000));
    }
    void replaces_unless_told_not_to() {
        make("a", "newer");
        assert_failed(ErrorCode::exists, put("--no-clobber /home/a " + url_ + "old"));
        CPPUNIT_ASSERT_EQUAL(std::string("older"), stored("old"));
        assert_ok(put("/home/a " + url_ + "old"));
        CPPUNIT_ASSERT_EQUAL(std::string("newer"), stored("old"));
    }
    void a_read_only_server_takes_nothing() {
        CsHosts hosts;
        CPPUNIT_ASSERT(hosts.served().make_folders("srv"));
        hosts.files().write_file("home/a", content(2'000'000));
        const auto url = hosts.serve();
        assert_failed(ErrorCode::denied, hosts.client.run("cs put /home/a " + url));
        CPPUNIT_ASSERT(!hosts.served().contains("srv/a"));
        hosts.assert_clean_stop();
    }
    void says_what_is_missing() {
        assert_failed(ErrorCode::usage, put(url_));
        assert_failed(ErrorCode::usage, put("/home/a /home/b"));
        const auto result = put("/home/none " + url_);
        assert_failed(ErrorCode::not_found, result);
        CPPUNIT_ASSERT_EQUAL(std::string("/home/none"), result.error->context);
    }
    void goes_on_when_one_file_fails() {
        make("d/in", "a file where the server has a folder");
        make("d/z", "1");
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv/d/in"));
        const auto result = put("/home/d " + url_);
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), stored("d/z"));
        CPPUNIT_ASSERT(result.messages.find("/home/d/in") != std::string::npos);
    }
    // Cancels it when a part has gone.
    testing::CommandResult cancelled_put(const std::string& options) {
        make("large", content(2'000'000));
        testing::LinkOptions link;
        link.rate = BytesPerSecond(200'000);
        hosts_.world.network().set_link("client", "server", link);
        auto running = hosts_.client.start("cs put /home/large " + url_ + options);
        hosts_.world.clock().run_for(std::chrono::seconds(5));
        running.cancel();
        CPPUNIT_ASSERT(running.wait());
        return running.result();
    }
    void cancelling_leaves_nothing_behind_when_it_is_told_to() {
        assert_failed(ErrorCode::cancelled, cancelled_put(" --no-resume"));
        hosts_.assert_clean_stop();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, hosts_.served().used());
        CPPUNIT_ASSERT(!there("large"));
    }
    void the_same_command_goes_on_after_it_was_cancelled() {
        const auto cancelled = cancelled_put("");
        assert_failed(ErrorCode::interrupted, cancelled);
        CPPUNIT_ASSERT_EQUAL(7, cancelled.exit_status());
        CPPUNIT_ASSERT(!there("large"));
        const auto again = put("/home/large " + url_);
        assert_ok(again);
        CPPUNIT_ASSERT(number_of(again.value, "resumed") > 500'000);
        CPPUNIT_ASSERT(content(2'000'000) == hosts_.served().read_file("srv/large"));
        hosts_.assert_clean_stop();
    }
    void no_name_leads_out_of_the_root() {
        make("a", "1");
        assert_failed(ErrorCode::denied, put("/home/a " + url_ + "../a"));
        assert_failed(ErrorCode::denied, put("/home/a " + url_ + "%2e%2e/a"));
        CPPUNIT_ASSERT(!hosts_.served().contains("a"));
    }
    void the_log_tells_of_it() {
        make("a", "four");
        assert_ok(put("/home/a " + url_ + "in/"));
        const auto log = hosts_.server_log().back().text;
        CPPUNIT_ASSERT_MESSAGE(log, log.find(" put in/a 4 bytes") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PutCommandTest);

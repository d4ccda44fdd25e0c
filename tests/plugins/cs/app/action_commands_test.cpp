#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// `cs stat`, `cs mkdir`, `cs rename`, `cs delete`, from the command line to the server's disk.
class ActionCommandsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ActionCommandsTest);
    CPPUNIT_TEST(stat_tells_of_a_file);
    CPPUNIT_TEST(stat_tells_of_the_root);
    CPPUNIT_TEST(a_missing_name_is_not_found);
    CPPUNIT_TEST(mkdir_makes_the_folders_above_too);
    CPPUNIT_TEST(mkdir_is_fine_when_it_is_there);
    CPPUNIT_TEST(rename_takes_a_path_or_a_url);
    CPPUNIT_TEST(rename_replaces_only_when_told);
    CPPUNIT_TEST(rename_stays_on_one_server);
    CPPUNIT_TEST(delete_takes_a_file_and_an_empty_folder);
    CPPUNIT_TEST(delete_leaves_a_full_folder_and_the_root);
    CPPUNIT_TEST(a_server_is_read_only_unless_told);
    CPPUNIT_TEST(no_name_leads_out_of_the_root);
    CPPUNIT_TEST(the_log_names_the_service);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;
    testing::CommandResult run(const std::string& line) { return hosts_.client.run("cs " + line); }
    bool there(const std::string& name) { return hosts_.served().contains("srv/" + name); }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a", "four");
        hosts_.served().write_file("srv/b", "other");
        hosts_.served().write_file("srv/full/c", "");
        url_ = hosts_.serve("--insecure --writable");
    }
    void stat_tells_of_a_file() {
        const auto result = run("stat " + url_ + "a");
        assert_ok(result);
        CPPUNIT_ASSERT(result.out.starts_with("file               4 "));
        CPPUNIT_ASSERT(result.out.ends_with(" /a\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("file"), text_of(result.value, "type"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, number_of(result.value, "size"));
        CPPUNIT_ASSERT_EQUAL(std::string("/a"), text_of(result.value, "path"));
        hosts_.assert_clean_stop();
    }
    void stat_tells_of_the_root() {
        CPPUNIT_ASSERT_EQUAL(std::string("folder"), text_of(run("stat " + url_).value, "type"));
    }
    void a_missing_name_is_not_found() {
        assert_failed(ErrorCode::not_found, run("stat " + url_ + "none"));
        assert_failed(ErrorCode::not_found, run("rename " + url_ + "none x"));
        assert_failed(ErrorCode::not_found, run("delete " + url_ + "none"));
    }
    void mkdir_makes_the_folders_above_too() {
        assert_ok(run("mkdir " + url_ + "x/y/z"));
        CPPUNIT_ASSERT(there("x/y/z"));
        assert_failed(ErrorCode::exists, run("mkdir " + url_ + "a"));
    }
    void mkdir_is_fine_when_it_is_there() { assert_ok(run("mkdir " + url_ + "full/")); }
    void rename_takes_a_path_or_a_url() {
        assert_ok(run("rename " + url_ + "a full/a2"));
        CPPUNIT_ASSERT(!there("a") && there("full/a2"));
        assert_ok(run("rename " + url_ + "full/a2 " + url_ + "a3"));
        CPPUNIT_ASSERT(!there("full/a2") && there("a3"));
    }
    void rename_replaces_only_when_told() {
        assert_failed(ErrorCode::exists, run("rename " + url_ + "a b"));
        CPPUNIT_ASSERT_EQUAL(std::string("other"), hosts_.served().read_file("srv/b"));
        assert_ok(run("rename --replace " + url_ + "a b"));
        CPPUNIT_ASSERT_EQUAL(std::string("four"), hosts_.served().read_file("srv/b"));
    }
    void rename_stays_on_one_server() {
        assert_failed(ErrorCode::usage, run("rename " + url_ + "a cs://elsewhere/a"));
        CPPUNIT_ASSERT(there("a"));
    }
    void delete_takes_a_file_and_an_empty_folder() {
        assert_ok(run("delete " + url_ + "full/c"));
        assert_ok(run("delete " + url_ + "full"));
        CPPUNIT_ASSERT(!there("full/c") && !there("full"));
    }
    void delete_leaves_a_full_folder_and_the_root() {
        assert_failed(ErrorCode::exists, run("delete " + url_ + "full"));
        assert_failed(ErrorCode::denied, run("delete " + url_));
        CPPUNIT_ASSERT(there("full/c"));
    }
    void a_server_is_read_only_unless_told() {
        CsHosts hosts;
        hosts.served().write_file("srv/a", "four");
        const auto url = hosts.serve();
        assert_ok(hosts.client.run("cs stat " + url + "a"));
        for (const auto& line :
             {"mkdir " + url + "x", "rename " + url + "a b", "delete " + url + "a"})
            assert_failed(ErrorCode::denied, hosts.client.run("cs " + line));
        CPPUNIT_ASSERT(hosts.served().contains("srv/a"));
        CPPUNIT_ASSERT(!hosts.served().contains("srv/x"));
    }
    void no_name_leads_out_of_the_root() {
        assert_failed(ErrorCode::denied, run("rename " + url_ + "a ../a"));
        assert_failed(ErrorCode::denied, run("delete " + url_ + "../a"));
        CPPUNIT_ASSERT(there("a"));
    }
    void the_log_names_the_service() {
        assert_ok(run("delete " + url_ + "a"));
        CPPUNIT_ASSERT(hosts_.server_log().back().text.find(" delete a ") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ActionCommandsTest);

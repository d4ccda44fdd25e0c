#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class MirrorCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MirrorCommandTest);
    CPPUNIT_TEST(copies_all_and_the_next_run_copies_nothing);
    CPPUNIT_TEST(copies_only_what_changed);
    CPPUNIT_TEST(deletes_only_when_it_was_asked_to);
    CPPUNIT_TEST(deletes_nothing_when_not_all_could_be_read);
    CPPUNIT_TEST(deletes_nothing_when_a_copy_failed);
    CPPUNIT_TEST(a_dry_run_tells_and_changes_nothing);
    CPPUNIT_TEST(a_checksum_sets_a_time_that_alone_differs);
    CPPUNIT_TEST(a_checksum_finds_content_that_hides);
    CPPUNIT_TEST(follows_no_link_on_either_side);
    CPPUNIT_TEST(a_folder_that_is_in_the_way_is_left_alone);
    CPPUNIT_TEST(mirrors_one_folder_of_the_server);
    CPPUNIT_TEST(an_empty_folder_is_made);
    CPPUNIT_TEST(refuses_a_file_and_a_missing_folder);
    CPPUNIT_TEST(can_be_cancelled_at_any_moment);
    CPPUNIT_TEST(many_small_files_take_few_round_trips);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;

    testing::CommandResult mirror(const std::string& options = "") {
        return hosts_.client.run("cs mirror " + url_ + " /copy " + options);
    }
    std::string copied(const std::string& name) { return hosts_.files().read_file("copy/" + name); }
    static std::string counts(const testing::CommandResult& result) {
        std::string out;
        for (const auto* name : {"files", "unchanged", "deleted", "failed"})
            out += std::to_string(number_of(result.value, name)) + " ";
        return out;
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a", "alpha");
        hosts_.served().write_file("srv/sub/b", "beta!");
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv/sub/empty"));
        url_ = hosts_.serve();
    }
    void copies_all_and_the_next_run_copies_nothing() {
        const auto first = mirror();
        assert_ok(first);
        CPPUNIT_ASSERT_EQUAL(std::string("2 0 0 0 "), counts(first));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10}, number_of(first.value, "bytes"));
        CPPUNIT_ASSERT_EQUAL(std::string("/copy"), text_of(first.value, "path"));
        CPPUNIT_ASSERT_EQUAL(std::string("beta!"), copied("sub/b"));
        CPPUNIT_ASSERT(hosts_.files().contains("copy/sub/empty"));
        CPPUNIT_ASSERT(hosts_.served().status("srv/a").value().identity.modified ==
                       hosts_.files().status("copy/a").value().identity.modified);
        const auto second = mirror("--delete");
        assert_ok(second);
        CPPUNIT_ASSERT_EQUAL(std::string("0 2 0 0 "), counts(second));
        CPPUNIT_ASSERT(second.out.starts_with("/copy  0 B in 0 files, 2 unchanged, 0 deleted, "));
        hosts_.assert_clean_stop();
    }
    void copies_only_what_changed() {
        assert_ok(mirror());
        hosts_.served().write_file("srv/sub/b", "gamma");
        hosts_.served().write_file("srv/c", "new");
        CPPUNIT_ASSERT_EQUAL(std::string("2 1 0 0 "), counts(mirror()));
        CPPUNIT_ASSERT_EQUAL(std::string("gamma"), copied("sub/b"));
    }
    void deletes_only_when_it_was_asked_to() {
        hosts_.files().write_file("copy/old/deep/x", "mine");
        hosts_.files().write_file("copy/sub/y", "mine");
        CPPUNIT_ASSERT_EQUAL(std::string("2 0 0 0 "), counts(mirror()));
        CPPUNIT_ASSERT(hosts_.files().contains("copy/old/deep/x"));
        CPPUNIT_ASSERT_EQUAL(std::string("0 2 4 0 "), counts(mirror("--delete")));
        CPPUNIT_ASSERT(!hosts_.files().contains("copy/old"));
        CPPUNIT_ASSERT(!hosts_.files().contains("copy/sub/y"));
        CPPUNIT_ASSERT(hosts_.files().contains("copy/sub/empty"));
    }
    void deletes_nothing_when_not_all_could_be_read() {
        assert_ok(mirror());
        hosts_.served().set_readable("srv/sub", false);
        const auto result = mirror("--delete");
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(15, result.exit_status());
        CPPUNIT_ASSERT_EQUAL(std::string("beta!"), copied("sub/b"));
        CPPUNIT_ASSERT(result.messages.find("nothing is deleted") != std::string::npos);
    }
    void deletes_nothing_when_a_copy_failed() {
        hosts_.files().write_file("copy/old", "mine");
        hosts_.served().set_readable("srv/a", false);
        const auto result = mirror("--delete");
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::string("1 0 0 1 "), counts(result));
        CPPUNIT_ASSERT(hosts_.files().contains("copy/old"));
        CPPUNIT_ASSERT_EQUAL(std::string("beta!"), copied("sub/b"));
    }
    void a_dry_run_tells_and_changes_nothing() {
        hosts_.files().write_file("copy/old", "mine");
        const auto before = hosts_.files().all_names();
        const auto result = mirror("--delete --dry-run");
        assert_ok(result);
        CPPUNIT_ASSERT(before == hosts_.files().all_names());
        CPPUNIT_ASSERT(
            result.out.starts_with("make   sub\nmake   sub/empty\nget    a\n"
                                   "get    sub/b\ndelete old\nwould copy: /copy  10 B"));
        CPPUNIT_ASSERT_EQUAL(std::string("2 0 1 0 "), counts(result));
        const auto json =
            hosts_.client.run("cs mirror --dry-run " + url_ + " /none", {.json = true});
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, json.value.find("items")->as_array()->size());
        CPPUNIT_ASSERT(!hosts_.files().contains("none"));
    }
    void a_checksum_sets_a_time_that_alone_differs() {
        hosts_.files().write_file("copy/a", "alpha");
        CPPUNIT_ASSERT_EQUAL(std::string("1 1 0 0 "), counts(mirror("--checksum")));
        CPPUNIT_ASSERT_EQUAL(std::string("0 2 0 0 "), counts(mirror()));
    }
    // The digests of this test count bytes, so a file that differs is one that cannot be hashed.
    void a_checksum_finds_content_that_hides() {
        assert_ok(mirror());
        hosts_.files().set_readable("copy/a", false);
        CPPUNIT_ASSERT_EQUAL(std::string("1 1 0 0 "), counts(mirror("--checksum")));
        CPPUNIT_ASSERT_EQUAL(std::string("0 2 0 0 "), counts(mirror("--checksum")));
    }
    void follows_no_link_on_either_side() {
        hosts_.served().plant_link("srv/link", "a");
        hosts_.files().write_file("elsewhere/keep", "mine");
        hosts_.files().plant_link("copy/sub", "../elsewhere");
        hosts_.files().plant_link("copy/a", "../elsewhere/keep");
        const auto result = mirror("--delete");
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::string("alpha"), copied("a"));
        CPPUNIT_ASSERT_EQUAL(std::string("mine"), hosts_.files().read_file("elsewhere/keep"));
        CPPUNIT_ASSERT(!hosts_.files().contains("elsewhere/b"));
        CPPUNIT_ASSERT(!hosts_.files().contains("copy/link"));
        CPPUNIT_ASSERT(result.messages.find("1 links and devices") != std::string::npos);
    }
    void a_folder_that_is_in_the_way_is_left_alone() {
        hosts_.files().write_file("copy/a/mine", "mine");
        const auto result = mirror("--delete");
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT_EQUAL(std::string("1 0 0 1 "), counts(result));
        CPPUNIT_ASSERT_EQUAL(std::string("mine"), copied("a/mine"));
    }
    void mirrors_one_folder_of_the_server() {
        const auto result = hosts_.client.run("cs mirror " + url_ + "sub /copy/");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("beta!"), copied("b"));
        CPPUNIT_ASSERT(!hosts_.files().contains("copy/a"));
    }
    void an_empty_folder_is_made() {
        assert_ok(hosts_.client.run("cs mirror " + url_ + "sub/empty /made/here"));
        CPPUNIT_ASSERT(hosts_.files().contains("made/here"));
    }
    void refuses_a_file_and_a_missing_folder() {
        assert_failed(ErrorCode::usage, hosts_.client.run("cs mirror " + url_ + "a /copy"));
        assert_failed(ErrorCode::not_found, hosts_.client.run("cs mirror " + url_ + "no /copy"));
        CPPUNIT_ASSERT(!hosts_.files().contains("copy"));
    }
    void can_be_cancelled_at_any_moment() {
        for (int i = 0; i < 50; ++i)
            hosts_.served().write_file("srv/many/" + std::to_string(i), content(2000));
        hosts_.files().write_file("copy/old", "mine");
        for (int turn = 0; turn < 60; ++turn) {
            auto command = hosts_.client.start("cs mirror --checksum --delete " + url_ + " /copy");
            hosts_.world.clock().run_for(std::chrono::microseconds(100 * turn));
            command.cancel();
            CPPUNIT_ASSERT(command.wait(std::chrono::seconds(10)));
            const auto result = command.result();
            if (result.error) assert_failed(ErrorCode::cancelled, result);
        }
        assert_ok(mirror("--delete"));
        CPPUNIT_ASSERT_EQUAL(std::string("0 52 0 0 "), counts(mirror("--delete")));
        hosts_.assert_clean_stop();
    }
    // One round trip takes 200 ms; a thousand of them would take more than three minutes.
    void many_small_files_take_few_round_trips() {
        for (int i = 0; i < 1000; ++i)
            hosts_.served().write_file("srv/many/" + std::to_string(i), "tiny");
        testing::LinkOptions link;
        link.delay = std::chrono::milliseconds(100);
        hosts_.world.network().set_link("server", "client", link);
        const auto result = mirror();
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1002}, number_of(result.value, "files"));
        CPPUNIT_ASSERT_MESSAGE(format_duration(result.elapsed),
                               result.elapsed < std::chrono::seconds(10));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MirrorCommandTest);

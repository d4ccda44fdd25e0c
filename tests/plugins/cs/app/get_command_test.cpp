#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace gantry;
using namespace gantry::cs;

class GetCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GetCommandTest);
    CPPUNIT_TEST(a_file_gets_its_own_name_here);
    CPPUNIT_TEST(a_file_gets_the_name_that_is_asked_for);
    CPPUNIT_TEST(a_file_goes_into_a_folder_that_is_there);
    CPPUNIT_TEST(a_slash_at_the_end_makes_the_folder);
    CPPUNIT_TEST(a_folder_goes_whole_into_the_output);
    CPPUNIT_TEST(a_folder_without_output_gets_its_own_name);
    CPPUNIT_TEST(a_folder_is_found_out_without_a_slash);
    CPPUNIT_TEST(several_urls_go_into_a_folder);
    CPPUNIT_TEST(tells_what_it_did_as_text_and_as_values);
    CPPUNIT_TEST(tells_a_sha256_when_asked);
    CPPUNIT_TEST(a_missing_file_makes_no_folder);
    CPPUNIT_TEST(one_missing_file_of_two_is_partial);
    CPPUNIT_TEST(makes_the_folders_above_an_output_file);
    CPPUNIT_TEST(replaces_an_older_file_unless_told_not_to);
    CPPUNIT_TEST(says_no_space_and_leaves_nothing);
    CPPUNIT_TEST(refuses_bad_urls_before_it_connects);
    CPPUNIT_TEST(fails_when_nobody_listens);
    CPPUNIT_TEST(can_be_cancelled_at_any_moment);
    CPPUNIT_TEST(uses_the_open_session);
    CPPUNIT_TEST(large_files_of_a_folder_have_jobs_of_their_own);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;
    testing::CommandResult get(const std::string& arguments) {
        return hosts_.client.run("cs get " + arguments);
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a.bin", content(300'000));
        hosts_.served().write_file("srv/top/one", "1");
        hosts_.served().write_file("srv/top/sub/two", "22");
        url_ = hosts_.serve();
    }

    void a_file_gets_its_own_name_here() {
        assert_ok(get(url_ + "a.bin"));
        CPPUNIT_ASSERT(content(300'000) == hosts_.files().read_file("a.bin"));
        hosts_.assert_clean_stop();
    }
    void a_file_gets_the_name_that_is_asked_for() {
        assert_ok(get(url_ + "a.bin -o b.bin"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, hosts_.files().all_names().size());
        CPPUNIT_ASSERT(hosts_.files().contains("b.bin"));
    }
    void a_file_goes_into_a_folder_that_is_there() {
        CPPUNIT_ASSERT(hosts_.files().make_folders("here"));
        const auto result = get(url_ + "a.bin -o here");
        assert_ok(result);
        CPPUNIT_ASSERT(hosts_.files().contains("here/a.bin"));
        CPPUNIT_ASSERT_EQUAL(std::string("/here/a.bin"), text_of(result.value, "path"));
    }
    void a_slash_at_the_end_makes_the_folder() {
        assert_ok(get(url_ + "a.bin -o new/place/"));
        CPPUNIT_ASSERT(hosts_.files().contains("new/place/a.bin"));
    }
    void a_folder_goes_whole_into_the_output() {
        const auto result = get(url_ + "top/ -o copy");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("1"), hosts_.files().read_file("copy/one"));
        CPPUNIT_ASSERT_EQUAL(std::string("22"), hosts_.files().read_file("copy/sub/two"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, number_of(result.value, "files"));
        CPPUNIT_ASSERT_EQUAL(std::string("/copy"), text_of(result.value, "path"));
    }
    void a_folder_without_output_gets_its_own_name() {
        assert_ok(get(url_ + "top/"));
        CPPUNIT_ASSERT(hosts_.files().contains("top/sub/two"));
    }
    void a_folder_is_found_out_without_a_slash() {
        assert_ok(get(url_ + "top -o copy"));
        CPPUNIT_ASSERT(hosts_.files().contains("copy/sub/two"));
    }
    void several_urls_go_into_a_folder() {
        const auto result = get(url_ + "a.bin " + url_ + "top " + url_ + "top/one -o all");
        assert_ok(result);
        CPPUNIT_ASSERT(hosts_.files().contains("all/a.bin"));
        CPPUNIT_ASSERT(hosts_.files().contains("all/top/sub/two"));
        CPPUNIT_ASSERT(hosts_.files().contains("all/one"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{300'004}, number_of(result.value, "bytes"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, result.value.find("items")->as_array()->size());
        const auto jobs = hosts_.client.jobs();
        CPPUNIT_ASSERT(jobs[0].done() == ByteCount(300'004) && jobs[0].total == jobs[0].done());
    }
    void tells_what_it_did_as_text_and_as_values() {
        const auto result = get(url_ + "top/one");
        CPPUNIT_ASSERT(result.out.starts_with("/one  1 B"));
        const auto root = "0001" + std::string(60, '0');  // of one byte, by the digests of the test
        CPPUNIT_ASSERT(result.out.ends_with("  bep52 " + root + "\n"));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, number_of(result.value, "bytes"));
        const auto* digest = result.value.find("digest");
        CPPUNIT_ASSERT(digest != nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("bep52"), text_of(*digest, "algorithm"));
        CPPUNIT_ASSERT_EQUAL(root, text_of(*digest, "value"));
        CPPUNIT_ASSERT(get(url_ + "top/one --no-verify").value.find("digest") == nullptr);
    }
    void tells_a_sha256_when_asked() {
        const auto result = get(url_ + "a.bin --sha256");
        assert_ok(result);
        CPPUNIT_ASSERT_EQUAL(std::string("93e0"), text_of(result.value, "sha256"));  // 300,000
    }
    void a_missing_file_makes_no_folder() {
        assert_failed(ErrorCode::not_found, get(url_ + "none -o new/"));
        assert_failed(ErrorCode::not_found, get(url_ + "none/ -o new"));
        CPPUNIT_ASSERT(hosts_.files().all_names().empty());
    }
    void one_missing_file_of_two_is_partial() {
        const auto result = get(url_ + "none " + url_ + "a.bin -o all");
        assert_failed(ErrorCode::partial, result);
        CPPUNIT_ASSERT(hosts_.files().contains("all/a.bin"));
        CPPUNIT_ASSERT(result.messages.find("none") != std::string::npos);
        assert_failed(ErrorCode::not_found, get(url_ + "none " + url_ + "never -o all"));
    }
    void makes_the_folders_above_an_output_file() {
        assert_ok(get(url_ + "a.bin -o no/such/b.bin"));
        CPPUNIT_ASSERT(hosts_.files().contains("no/such/b.bin"));
    }
    void replaces_an_older_file_unless_told_not_to() {
        hosts_.files().write_file("a.bin", "old");
        assert_failed(ErrorCode::exists, get(url_ + "a.bin --no-clobber"));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), hosts_.files().read_file("a.bin"));
        assert_ok(get(url_ + "a.bin"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{300'000}, hosts_.files().read_file("a.bin").size());
    }
    void says_no_space_and_leaves_nothing() {
        testing::MemoryStore small(100'000);
        hosts_.world.machine("client").mount("/small", small);
        const auto result = get(url_ + "a.bin -o /small/");
        assert_failed(ErrorCode::no_space, result);
        CPPUNIT_ASSERT_EQUAL(9, result.exit_status());
        CPPUNIT_ASSERT(small.all_names().empty());
        hosts_.assert_clean_stop();
    }
    void refuses_bad_urls_before_it_connects() {
        assert_failed(ErrorCode::usage, get("http://h/a"));
        assert_failed(ErrorCode::denied, get(url_ + "../a"));
    }
    void fails_when_nobody_listens() {
        const auto address = hosts_.world.machine("server").address().to_string();
        assert_failed(ErrorCode::network, get("cs://" + address + ":9/a"));
        assert_failed(ErrorCode::not_found, get("cs://no-such-host:9/a"));
    }
    void can_be_cancelled_at_any_moment() {
        for (int ms = 0; ms < 30; ++ms) {
            auto running = hosts_.client.start("cs get " + url_ + "a.bin");
            hosts_.world.clock().run_for(std::chrono::milliseconds(ms));
            const bool late = running.finished();
            running.cancel();
            CPPUNIT_ASSERT(running.wait(std::chrono::seconds(1)));
            if (late) break;
            assert_failed(ErrorCode::cancelled, running.result());
            CPPUNIT_ASSERT(hosts_.files().all_names().empty());
        }
        hosts_.assert_clean_stop();
    }
    void uses_the_open_session() {
        auto session = hosts_.client.open_session(url_);
        CPPUNIT_ASSERT(session);
        testing::RunOptions options;
        options.session = session->get();
        assert_ok(hosts_.client.run("cs get " + url_ + "a.bin", options));
        assert_ok(hosts_.client.run("cs get " + url_ + "top/", options));
        hosts_.world.clock().run_for(std::chrono::seconds(1));
        std::set<std::string> peers;
        for (const auto& line : hosts_.server_log())
            peers.insert(line.text.substr(0, line.text.find(' ')));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, peers.size());
        session->reset();
        hosts_.assert_clean_stop();
    }
    void large_files_of_a_folder_have_jobs_of_their_own() {
        hosts_.served().write_file("srv/big/large", std::string(9'000'000, 'x'));
        hosts_.served().write_file("srv/big/small", "s");
        assert_ok(get(url_ + "big/"));
        const auto jobs = hosts_.client.jobs();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, jobs.size());
        CPPUNIT_ASSERT(jobs[1].title == "large" && jobs[1].parent == jobs[0].id);
        CPPUNIT_ASSERT(jobs[1].state == JobState::succeeded);
        CPPUNIT_ASSERT(jobs[0].done() == ByteCount(9'000'001) && jobs[0].total == jobs[0].done());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GetCommandTest);

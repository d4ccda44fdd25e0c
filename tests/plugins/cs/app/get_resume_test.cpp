#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace gantry;
using namespace gantry::cs;

// `cs get` that is interrupted, and the options about it.
class GetResumeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GetResumeTest);
    CPPUNIT_TEST(the_same_command_goes_on_from_there);
    CPPUNIT_TEST(says_when_the_file_has_changed);
    CPPUNIT_TEST(starts_over_with_no_resume);
    CPPUNIT_TEST(leaves_nothing_with_no_resume);
    CPPUNIT_TEST(fetches_over_several_connections);
    CPPUNIT_TEST(refuses_a_number_of_connections_that_makes_no_sense);
    CPPUNIT_TEST_SUITE_END();

    static constexpr std::size_t kMebibyte = 1024 * 1024;
    CsHosts hosts_;
    std::string url_;
    testing::CommandResult get(const std::string& options) {
        return hosts_.client.run("cs get " + url_ + "a.bin " + options);
    }
    // Is cancelled when `bytes` of the file are here.
    testing::CommandResult interrupted_get(std::size_t bytes, const std::string& options = "") {
        auto running = hosts_.client.start("cs get " + url_ + "a.bin " + options);
        while (!running.finished() && hosts_.client.jobs().back().done() < ByteCount(bytes))
            hosts_.world.clock().run_for(std::chrono::microseconds(100));
        running.cancel();
        CPPUNIT_ASSERT(running.wait(std::chrono::seconds(5)));
        return running.result();
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a.bin", content(4 * kMebibyte + 5));
        url_ = hosts_.serve();
    }
    void the_same_command_goes_on_from_there() {
        const auto broken = interrupted_get(2 * kMebibyte);
        assert_failed(ErrorCode::interrupted, broken);
        CPPUNIT_ASSERT_EQUAL(7, broken.exit_status());
        CPPUNIT_ASSERT(broken.error->message.find("goes on from there") != std::string::npos);
        const auto whole = get("");
        assert_ok(whole);
        CPPUNIT_ASSERT(number_of(whole.value, "resumed") >= kMebibyte);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 * kMebibyte + 5}, number_of(whole.value, "bytes"));
        CPPUNIT_ASSERT(hosts_.client.jobs().back().done() == ByteCount(4 * kMebibyte + 5));
        CPPUNIT_ASSERT(content(4 * kMebibyte + 5) == hosts_.files().read_file("a.bin"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, hosts_.files().all_names().size());
        hosts_.assert_clean_stop();
    }
    void says_when_the_file_has_changed() {
        assert_failed(ErrorCode::interrupted, interrupted_get(2 * kMebibyte));
        hosts_.served().write_file("srv/a.bin", std::string(3 * kMebibyte, 'x'));
        const auto refused = get("");
        assert_failed(ErrorCode::source_changed, refused);
        CPPUNIT_ASSERT_EQUAL(8, refused.exit_status());
        CPPUNIT_ASSERT(refused.error->message.find("--no-resume") != std::string::npos);
    }
    void starts_over_with_no_resume() {
        assert_failed(ErrorCode::interrupted, interrupted_get(2 * kMebibyte));
        const auto whole = get("--no-resume");
        assert_ok(whole);
        CPPUNIT_ASSERT(whole.value.find("resumed") == nullptr);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, hosts_.files().all_names().size());
    }
    void leaves_nothing_with_no_resume() {
        assert_failed(ErrorCode::cancelled, interrupted_get(2 * kMebibyte, "--no-resume"));
        CPPUNIT_ASSERT(hosts_.files().all_names().empty());
    }
    void fetches_over_several_connections() {
        hosts_.served().write_file("srv/a.bin", std::string(20 * kMebibyte, 'x'));
        assert_ok(get("--connections 3"));
        CPPUNIT_ASSERT_EQUAL(20 * kMebibyte, hosts_.files().read_file("a.bin").size());
        hosts_.assert_clean_stop();
        std::set<std::string> peers;
        for (const auto& line : hosts_.server_log())
            peers.insert(line.text.substr(0, line.text.find(' ')));
        CPPUNIT_ASSERT(peers.size() > 1);
    }
    void refuses_a_number_of_connections_that_makes_no_sense() {
        assert_failed(ErrorCode::usage, get("--connections 0"));
        assert_failed(ErrorCode::usage, get("--connections 17"));
        assert_failed(ErrorCode::usage, get("--connections 2 --wire classic"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(GetResumeTest);

#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// The option --limit-rate of the commands that carry files.
class LimitRateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LimitRateTest);
    CPPUNIT_TEST(a_download_takes_the_time_that_the_rate_says);
    CPPUNIT_TEST(an_upload_takes_the_time_that_the_rate_says);
    CPPUNIT_TEST(several_connections_share_the_rate);
    CPPUNIT_TEST(a_session_is_held_no_longer_than_the_command);
    CPPUNIT_TEST(a_slow_download_is_not_taken_for_a_lost_server);
    CPPUNIT_TEST(refuses_a_rate_of_nothing_and_the_classic_wire);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::string url_;

    static void took(double seconds, const testing::CommandResult& result) {
        assert_ok(result);
        CPPUNIT_ASSERT_DOUBLES_EQUAL(seconds, to_seconds(result.elapsed), 0.1 * seconds);
    }

  public:
    void setUp() override {
        hosts_.served().write_file("srv/a", content(2'000'000));
        hosts_.served().write_file("srv/b", content(6'000'000));
        hosts_.served().write_file("srv/c", content(20'000));
        url_ = hosts_.serve("--insecure --writable");
    }

    void a_download_takes_the_time_that_the_rate_says() {
        took(10, hosts_.client.run("cs get " + url_ + "a --limit-rate 200KB/s"));
        CPPUNIT_ASSERT(content(2'000'000) == hosts_.files().read_file("a"));
        hosts_.assert_clean_stop();
    }
    void an_upload_takes_the_time_that_the_rate_says() {
        hosts_.files().write_file("up", content(1'000'000));
        took(10, hosts_.client.run("cs put up " + url_ + " --limit-rate 100KB/s"));
        CPPUNIT_ASSERT(content(1'000'000) == hosts_.served().read_file("srv/up"));
    }
    void several_connections_share_the_rate() {
        took(12, hosts_.client.run("cs get " + url_ + "b --connections 4 --limit-rate 500KB/s"));
        CPPUNIT_ASSERT(content(6'000'000) == hosts_.files().read_file("b"));
    }
    void a_session_is_held_no_longer_than_the_command() {
        const auto session = hosts_.client.open_session(url_).value();
        testing::RunOptions in_session;
        in_session.session = session.get();
        took(20, hosts_.client.run("cs get " + url_ + "a --limit-rate 100KB/s", in_session));
        const auto free = hosts_.client.run("cs get " + url_ + "a -o again", in_session);
        assert_ok(free);
        CPPUNIT_ASSERT(free.elapsed < std::chrono::seconds(2));
    }
    void a_slow_download_is_not_taken_for_a_lost_server() {
        took(200, hosts_.client.run("cs get " + url_ + "c --limit-rate 100"));
    }
    void refuses_a_rate_of_nothing_and_the_classic_wire() {
        assert_failed(ErrorCode::usage, hosts_.client.run("cs get " + url_ + "a --limit-rate 0"));
        assert_failed(ErrorCode::usage,
                      hosts_.client.run("cs get " + url_ + "a --limit-rate 1KB --wire classic"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LimitRateTest);

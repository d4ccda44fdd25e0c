#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class PingCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PingCommandTest);
    CPPUNIT_TEST(measures_the_round_trip);
    CPPUNIT_TEST(refuses_senseless_counts_and_sizes);
    CPPUNIT_TEST(fails_when_nobody_answers);
    CPPUNIT_TEST(tells_jitter_and_the_rare_slow_ones);
    CPPUNIT_TEST(a_sized_echo_tells_of_bandwidth);
    CPPUNIT_TEST(a_lost_server_is_told_in_time_with_what_was_measured);
    CPPUNIT_TEST(tells_what_was_measured_when_it_is_cancelled);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;

  public:
    void measures_the_round_trip() {
        testing::LinkOptions link;
        link.delay = std::chrono::milliseconds(25);
        hosts_.world.network().set_link("server", "client", link);
        const auto result = hosts_.client.run("cs ping " + hosts_.serve() + " -n 3 --size 100");
        assert_ok(result);
        CPPUNIT_ASSERT(result.out.starts_with("3 echoes of 100 bytes: min 50."));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, number_of(result.value, "count"));
        hosts_.assert_clean_stop();
    }
    void refuses_senseless_counts_and_sizes() {
        const auto url = hosts_.serve();
        assert_failed(ErrorCode::usage, hosts_.client.run("cs ping " + url + " -n 0"));
        assert_failed(ErrorCode::usage, hosts_.client.run("cs ping " + url + " --size 1MiB"));
    }
    void set_delay(int milliseconds) {
        testing::LinkOptions link;
        link.delay = std::chrono::milliseconds(milliseconds);
        hosts_.world.network().set_link("server", "client", link);
    }
    static double milliseconds(const testing::CommandResult& result, const char* name) {
        return result.value.find(name)->as_double().value();
    }
    void tells_jitter_and_the_rare_slow_ones() {
        set_delay(10);
        const auto result = hosts_.client.run("cs ping " + hosts_.serve() + " -n 5 -i 10ms");
        assert_ok(result);
        CPPUNIT_ASSERT(milliseconds(result, "p99_ms") >= 20.0);
        CPPUNIT_ASSERT(milliseconds(result, "p99_ms") <= milliseconds(result, "max_ms"));
        CPPUNIT_ASSERT(milliseconds(result, "jitter_ms") < 1.0);
        CPPUNIT_ASSERT(result.out.find("jitter 0.") != std::string::npos);
        CPPUNIT_ASSERT(result.value.find("bytes_per_second") == nullptr);
        CPPUNIT_ASSERT(result.elapsed >= std::chrono::milliseconds(140));
    }
    void a_sized_echo_tells_of_bandwidth() {
        set_delay(50);
        const auto result = hosts_.client.run("cs ping " + hosts_.serve() + " -n 2 --size 64KiB");
        assert_ok(result);
        const auto rate = number_of(result.value, "bytes_per_second");
        CPPUNIT_ASSERT_MESSAGE(std::to_string(rate), rate > 300'000 && rate <= 1'310'720);
        CPPUNIT_ASSERT(result.out.find(", at least ") != std::string::npos);
    }
    void a_lost_server_is_told_in_time_with_what_was_measured() {
        auto ping =
            hosts_.client.start("cs ping " + hosts_.serve() + " -n 1000 -i 100ms --timeout 2s");
        hosts_.world.clock().run_for(std::chrono::seconds(1));
        hosts_.world.network().cut("server", "client");
        CPPUNIT_ASSERT(ping.wait(std::chrono::milliseconds(2200)));
        assert_failed(ErrorCode::timeout, ping.result());
        CPPUNIT_ASSERT(number_of(ping.result().value, "count") >= 5);
        CPPUNIT_ASSERT(ping.result().out.find("echoes of 64 bytes: min ") != std::string::npos);
    }
    void tells_what_was_measured_when_it_is_cancelled() {
        auto ping = hosts_.client.start("cs ping " + hosts_.serve() + " -n 1000 -i 1s");
        hosts_.world.clock().run_for(std::chrono::milliseconds(3500));
        ping.cancel();
        CPPUNIT_ASSERT(ping.wait(std::chrono::seconds(1)));
        assert_failed(ErrorCode::cancelled, ping.result());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, number_of(ping.result().value, "count"));
        CPPUNIT_ASSERT(ping.result().out.starts_with("4 echoes"));
        hosts_.assert_clean_stop();
    }
    void fails_when_nobody_answers() {
        const auto url = hosts_.serve();
        hosts_.world.network().cut("server", "client");
        assert_failed(ErrorCode::timeout, hosts_.client.run("cs ping " + url));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PingCommandTest);

#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

class PingCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PingCommandTest);
    CPPUNIT_TEST(measures_the_round_trip);
    CPPUNIT_TEST(refuses_senseless_counts_and_sizes);
    CPPUNIT_TEST(fails_when_nobody_answers);
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
    void fails_when_nobody_answers() {
        const auto url = hosts_.serve();
        hosts_.world.network().cut("server", "client");
        assert_failed(ErrorCode::timeout, hosts_.client.run("cs ping " + url));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PingCommandTest);

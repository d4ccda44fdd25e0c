#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/connection_settings.h>

using namespace gantry;
using namespace gantry::lftp;

class ConnectionSettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionSettingsTest);
    CPPUNIT_TEST(become_the_parameters_that_the_peer_is_told);
    CPPUNIT_TEST(never_ask_for_a_longer_delay_than_they_give);
    CPPUNIT_TEST_SUITE_END();

  public:
    void become_the_parameters_that_the_peer_is_told() {
        ConnectionSettings settings;
        settings.streams.window = 4000;
        settings.window = 5000;
        settings.max_streams = 1'000'000;
        const auto p = settings.parameters();
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4000}, p.max_stream_data);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, p.max_data);
        CPPUNIT_ASSERT_EQUAL(limits::kMaxStreams, p.max_streams);
        CPPUNIT_ASSERT(TransportParameters::decode(ByteView(p.encode()).subspan(2)).value() == p);
    }
    void never_ask_for_a_longer_delay_than_they_give() {
        ConnectionSettings settings;
        settings.acks.delay = std::chrono::microseconds(200);
        CPPUNIT_ASSERT(
            TransportParameters::decode(ByteView(settings.parameters().encode()).subspan(2)).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionSettingsTest);

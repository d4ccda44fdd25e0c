#include <cppunit/extensions/HelperMacros.h>
#include <cs/app/access_log.h>

using namespace gantry;
using namespace gantry::cs;

class AccessLogTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccessLogTest);
    CPPUNIT_TEST(tells_a_request_in_one_line);
    CPPUNIT_TEST(tells_why_a_request_failed);
    CPPUNIT_TEST(makes_names_of_peers_harmless);
    CPPUNIT_TEST_SUITE_END();

    AccessRecord record_{{IpAddress::v6({}), 0},          "file", "a.txt", 1234,
                         std::chrono::microseconds(1500), {}};

  public:
    void setUp() override { record_.peer = Endpoint::parse("127.0.0.1:40000").value(); }
    void tells_a_request_in_one_line() {
        CPPUNIT_ASSERT_EQUAL(std::string("127.0.0.1:40000 file a.txt 1234 bytes in 1.5 ms: ok"),
                             format_access(record_));
    }
    void tells_why_a_request_failed() {
        record_.service = "listing";
        record_.path.clear();
        record_.error = make_error(ErrorCode::denied, "cs", "not allowed");
        CPPUNIT_ASSERT_EQUAL(
            std::string("127.0.0.1:40000 listing / 1234 entries in 1.5 ms: not allowed"),
            format_access(record_));
    }
    void makes_names_of_peers_harmless() {
        CPPUNIT_ASSERT_EQUAL(std::string("a?b?[2J?"), printable("a\nb\x1b[2J\x7f"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AccessLogTest);

#include <gantry/net/endpoint.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class EndpointTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EndpointTest);
    CPPUNIT_TEST(reads_and_writes_both_families);
    CPPUNIT_TEST(refuses_a_name_where_an_address_must_stand);
    CPPUNIT_TEST(reads_a_host_that_is_a_name);
    CPPUNIT_TEST(takes_the_default_port_only_when_there_is_one);
    CPPUNIT_TEST(a_version_6_address_stands_in_brackets);
    CPPUNIT_TEST(refuses_ports_that_are_no_number_up_to_65535);
    CPPUNIT_TEST(refuses_hosts_that_are_none);
    CPPUNIT_TEST(says_what_is_wrong);
    CPPUNIT_TEST_SUITE_END();

    static std::string round(std::string_view text) {
        const auto parsed = Endpoint::parse(text);
        return parsed ? parsed->to_string() : parsed.error().message;
    }
    static std::string host_round(std::string_view text, std::uint16_t port = 0) {
        const auto parsed = HostPort::parse(text, port);
        return parsed ? parsed->to_string() : "";
    }

  public:
    void reads_and_writes_both_families() {
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1:80"), round("192.0.2.1:80"));
        CPPUNIT_ASSERT_EQUAL(std::string("[2001:db8::1]:80"), round("[2001:db8:0::1]:80"));
        CPPUNIT_ASSERT_EQUAL(std::string("[::]:0"), round("[::]:0"));
        CPPUNIT_ASSERT_EQUAL(std::string("192.0.2.1:80"), round("[::ffff:192.0.2.1]:80"));
    }
    void refuses_a_name_where_an_address_must_stand() {
        CPPUNIT_ASSERT(!Endpoint::parse("localhost:80"));
        CPPUNIT_ASSERT(!Endpoint::parse("192.0.2.1"));
        CPPUNIT_ASSERT(!Endpoint::parse("[192.0.2.1]:80"));
    }
    void reads_a_host_that_is_a_name() {
        const auto parsed = HostPort::parse("example.org:65535");
        CPPUNIT_ASSERT_EQUAL(std::string("example.org"), parsed->host);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{65535}, parsed->port);
    }
    void takes_the_default_port_only_when_there_is_one() {
        CPPUNIT_ASSERT_EQUAL(std::string("example.org:6789"), host_round("example.org", 6789));
        CPPUNIT_ASSERT_EQUAL(std::string("[::1]:6789"), host_round("[::1]", 6789));
        CPPUNIT_ASSERT_EQUAL(std::string("example.org:1"), host_round("example.org:1", 6789));
        CPPUNIT_ASSERT(!HostPort::parse("example.org"));
    }
    void a_version_6_address_stands_in_brackets() {
        CPPUNIT_ASSERT(!HostPort::parse("::1", 80));
        CPPUNIT_ASSERT(!HostPort::parse("::1:80"));
        CPPUNIT_ASSERT(!HostPort::parse("[::1"));
        CPPUNIT_ASSERT(!HostPort::parse("[::1]80"));
        CPPUNIT_ASSERT(!HostPort::parse("[name]:80"));
    }
    void refuses_ports_that_are_no_number_up_to_65535() {
        for (const auto* text :
             {"h:", "h:-1", "h:65536", "h:80x", "h: 80", "h:+80", "h:99999999999"})
            CPPUNIT_ASSERT_MESSAGE(text, !HostPort::parse(text, 80));
    }
    void refuses_hosts_that_are_none() {
        for (const auto* text : {":80", "a b:80", "a/b:80", "user@host:80", "a\nb:80", "<a>:80"})
            CPPUNIT_ASSERT_MESSAGE(text, !HostPort::parse(text));
        CPPUNIT_ASSERT(!HostPort::parse(std::string(254, 'a') + ":80"));
        CPPUNIT_ASSERT(HostPort::parse(std::string(253, 'a') + ":80").ok());
    }
    void says_what_is_wrong() {
        const auto error = HostPort::parse("example.org").error();
        CPPUNIT_ASSERT(error.code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(std::string("example.org: the port is missing: HOST:PORT"),
                             describe(error));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EndpointTest);

}  // namespace
}  // namespace gantry

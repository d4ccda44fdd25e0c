#include <gantry/net/endpoint.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string_view>

namespace gantry {
namespace {

using namespace std::string_view_literals;

class IpAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IpAddressTest);
    CPPUNIT_TEST(holds_version_4_in_its_mapped_form);
    CPPUNIT_TEST(the_mapped_and_the_dotted_text_are_one_address);
    CPPUNIT_TEST(writes_version_6_as_rfc_5952_recommends);
    CPPUNIT_TEST(refuses_what_is_no_address);
    CPPUNIT_TEST(knows_loopback);
    CPPUNIT_TEST(knows_the_unspecified_address);
    CPPUNIT_TEST(orders_by_bytes);
    CPPUNIT_TEST_SUITE_END();

    static IpAddress address(std::string_view text) { return IpAddress::parse(text).value(); }
    static void canonical(std::string_view expected, std::string_view text) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), address(text).to_string());
    }

  public:
    void holds_version_4_in_its_mapped_form() {
        const auto a = address("192.0.2.1");
        CPPUNIT_ASSERT(a.is_v4());
        CPPUNIT_ASSERT(a.bytes()[9] == std::byte{0} && a.bytes()[10] == std::byte{0xff});
        CPPUNIT_ASSERT(a.bytes()[12] == std::byte{192} && a.bytes()[15] == std::byte{1});
        canonical("192.0.2.1", "192.0.2.1");
        canonical("255.255.255.255", "255.255.255.255");
    }
    void the_mapped_and_the_dotted_text_are_one_address() {
        CPPUNIT_ASSERT(address("::ffff:192.0.2.1") == address("192.0.2.1"));
        CPPUNIT_ASSERT(address("::ffff:c000:201") == address("192.0.2.1"));
    }
    // The examples of RFC 5952 sections 1, 2 and 4.
    void writes_version_6_as_rfc_5952_recommends() {
        canonical("2001:db8::1", "2001:0db8:0:0:0:0:0:1");
        canonical("2001:db8::2:1", "2001:db8:0:0:0:0:2:1");
        canonical("2001:db8:0:1:1:1:1:1", "2001:db8::1:1:1:1:1");  // one group is not shortened
        canonical("2001:0:0:1::1", "2001:0:0:1:0:0:0:1");          // the longest run
        canonical("2001:db8::1:0:0:1", "2001:db8:0:0:1:0:0:1");    // the first of equal runs
        canonical("2001:db8::aaaa", "2001:DB8::AAAA");
        canonical("::", "0:0:0:0:0:0:0:0");
        canonical("::1", "0:0:0:0:0:0:0:1");
        canonical("1::", "1:0:0:0:0:0:0:0");
        canonical("::102:304", "::1.2.3.4");
    }
    void refuses_what_is_no_address() {
        for (const auto text :
             {""sv, "1.2.3"sv, "1.2.3.256"sv, "1.2.3.4.5"sv, "01.2.3.4 "sv, ":::"sv, "[::1]"sv,
              "::1%lo"sv, "host"sv, "1.2.3.4\0x"sv, "12345::"sv, "1:2:3:4:5:6:7:8:9"sv})
            CPPUNIT_ASSERT_MESSAGE(std::string(text), !IpAddress::parse(text));
        CPPUNIT_ASSERT(!IpAddress::parse(std::string(100'000, ':')));
    }
    void knows_loopback() {
        CPPUNIT_ASSERT(address("127.0.0.1").is_loopback());
        CPPUNIT_ASSERT(address("127.255.0.9").is_loopback());
        CPPUNIT_ASSERT(address("::1").is_loopback());
        CPPUNIT_ASSERT(!address("::2").is_loopback());
        CPPUNIT_ASSERT(!address("128.0.0.1").is_loopback());
    }
    void knows_the_unspecified_address() {
        CPPUNIT_ASSERT(IpAddress{}.is_unspecified());
        CPPUNIT_ASSERT(address("0.0.0.0").is_unspecified());
        CPPUNIT_ASSERT(!address("::1").is_unspecified());
    }
    void orders_by_bytes() {
        CPPUNIT_ASSERT(address("192.0.2.1") < address("192.0.2.2"));
        CPPUNIT_ASSERT(address("10.0.0.1") < address("2001:db8::1"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(IpAddressTest);

}  // namespace
}  // namespace gantry

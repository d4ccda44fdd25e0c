#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/hello_exchange.h>

using namespace gantry;
using namespace gantry::cs;

class HelloExchangeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HelloExchangeTest);
    CPPUNIT_TEST(our_two_sides_agree_on_streams);
    CPPUNIT_TEST(a_need_is_an_offer_too);
    CPPUNIT_TEST(without_streams_there_is_no_credit);
    CPPUNIT_TEST(names_a_need_that_is_not_known);
    CPPUNIT_TEST(a_newer_version_is_no_reason_to_refuse);
    CPPUNIT_TEST_SUITE_END();

  public:
    void our_two_sides_agree_on_streams() {
        const auto agreed = agree(server_hello(), client_hello()).value();
        CPPUNIT_ASSERT(agreed.streams);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6 << 20U}, agreed.window);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4 << 20U}, agreed.stream_window);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{64 << 10U},
                             agree(client_hello(), server_hello()).value().stream_window);
    }
    void a_need_is_an_offer_too() {
        Hello needing;
        needing.needs = {Feature::streams};
        CPPUNIT_ASSERT(agree(server_hello(), needing).value().streams);
        const auto refused = agree(needing, Hello{});
        CPPUNIT_ASSERT(!refused && refused.error().code == ErrorCode::unsupported);
    }
    void without_streams_there_is_no_credit() {
        Hello plain;
        plain.largest_data = 100'000;
        plain.window = 70'000;
        const auto agreed = agree(server_hello(), plain).value();
        CPPUNIT_ASSERT(!agreed.streams && agreed.window == SendCredit::kUnlimited);
        CPPUNIT_ASSERT_EQUAL(std::size_t{100'000}, agreed.largest_data);
    }
    void names_a_need_that_is_not_known() {
        Hello odd = client_hello();
        odd.needs = {Feature::streams, static_cast<Feature>(777)};
        const auto refused = agree(server_hello(), odd);
        CPPUNIT_ASSERT(!refused && refused.error().code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(refused.error().message.find("777") != std::string::npos);
    }
    void a_newer_version_is_no_reason_to_refuse() {
        Hello newer = client_hello();
        newer.version = 9;
        CPPUNIT_ASSERT(agree(server_hello(), newer).value().streams);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HelloExchangeTest);

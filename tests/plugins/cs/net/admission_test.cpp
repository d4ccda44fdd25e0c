#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/admission.h>

#include <vector>

using namespace gantry;
using namespace gantry::cs;
using namespace std::chrono_literals;

class AdmissionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AdmissionTest);
    CPPUNIT_TEST(takes_so_many_connections_and_no_more);
    CPPUNIT_TEST(one_address_leaves_room_for_others);
    CPPUNIT_TEST(this_machine_is_counted_only_when_told);
    CPPUNIT_TEST(a_network_of_ipv6_counts_as_one_address);
    CPPUNIT_TEST(a_flood_of_one_address_is_slowed_down);
    CPPUNIT_TEST(a_flood_through_loopback_is_nobodys);
    CPPUNIT_TEST(addresses_are_forgotten_when_they_are_quiet);
    CPPUNIT_TEST(addresses_beyond_the_limit_are_refused);
    CPPUNIT_TEST(a_ticket_may_outlive_it);
    CPPUNIT_TEST_SUITE_END();

    std::vector<Admission::Ticket> held_;

    static IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }
    static IpAddress numbered(std::uint32_t n) {
        return IpAddress::v4({std::byte{10}, static_cast<std::byte>(n >> 16U),
                              static_cast<std::byte>(n >> 8U), static_cast<std::byte>(n)});
    }
    static TimePoint at(Duration time) { return TimePoint(time); }
    // How many of `count` connections are taken and held, one every `step`.
    std::size_t open(Admission& admission, const IpAddress& from, std::size_t count,
                     TimePoint when = at(1s), Duration step = 0s) {
        std::size_t taken = 0;
        for (std::size_t i = 0; i < count; ++i, when += step) {
            auto ticket = admission.admit(from, when);
            if (!ticket) {
                CPPUNIT_ASSERT(ticket.error().code == ErrorCode::busy);
                continue;
            }
            ++taken;
            held_.push_back(std::move(*ticket));
        }
        return taken;
    }

  public:
    void takes_so_many_connections_and_no_more() {
        Admission admission({.connections = 3});
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, open(admission, ip("10.0.0.1"), 5));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, admission.admitted());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, admission.refused());
        held_.pop_back();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, ip("10.0.0.2"), 2));
    }
    void one_address_leaves_room_for_others() {
        Admission admission({.per_address = 2});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(admission, ip("10.0.0.1"), 3));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(admission, ip("10.0.0.2"), 3));
        held_.clear();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(admission, ip("10.0.0.1"), 3));
    }
    void this_machine_is_counted_only_when_told() {
        Admission usual({.per_address = 2});
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, open(usual, ip("127.0.0.1"), 9));
        Admission told({.per_address = 2, .count_loopback = true});
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(told, ip("127.0.0.1"), 9));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(told, ip("::1"), 9));
    }
    void a_network_of_ipv6_counts_as_one_address() {
        Admission admission({.per_address = 2});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, ip("2001:db8::1"), 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, ip("2001:db8::ffff:0:0:1"), 2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, open(admission, ip("2001:db8:0:1::1"), 2));
    }
    void a_flood_of_one_address_is_slowed_down() {
        Admission admission({.per_address = 0, .new_per_second = 100});
        const auto from = ip("10.0.0.1");
        const auto burst = static_cast<std::size_t>(limits::kConnectionBurst);
        CPPUNIT_ASSERT_EQUAL(burst, open(admission, from, 2 * burst));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, ip("10.0.0.2"), 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{50}, open(admission, from, 100, at(1500ms)));
        // Who keeps below it is never refused.
        Admission calm({.per_address = 0, .new_per_second = 100});
        CPPUNIT_ASSERT_EQUAL(std::size_t{5000}, open(calm, from, 5000, at(1s), 10ms));
    }
    void a_flood_through_loopback_is_nobodys() {
        Admission admission({.new_per_second = 1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{3000}, open(admission, ip("::1"), 3000));
    }
    void addresses_are_forgotten_when_they_are_quiet() {
        Admission admission({});
        for (std::uint32_t i = 0; i < 3 * limits::kMaxAddressesKept; ++i) {
            const auto when = at(1s + i * 1ms);
            CPPUNIT_ASSERT(admission.admit(numbered(i), when).ok());
            CPPUNIT_ASSERT(admission.addresses_kept() <= limits::kMaxAddressesKept);
        }
        CPPUNIT_ASSERT(admission.admit(ip("127.0.0.1"), at(1s)).ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, admission.admitted());
    }
    void addresses_beyond_the_limit_are_refused() {
        Admission admission({.connections = 2 * limits::kMaxAddressesKept});
        for (std::uint32_t i = 0; i < limits::kMaxAddressesKept; ++i)
            CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, numbered(i), 1));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0},
                             open(admission, numbered(limits::kMaxAddressesKept), 1, at(100s)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(admission, numbered(7), 1));
    }
    void a_ticket_may_outlive_it() {
        std::optional<Admission> admission(AdmissionLimits{});
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, open(*admission, ip("10.0.0.1"), 1));
        admission.reset();
        held_.clear();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AdmissionTest);

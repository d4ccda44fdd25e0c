#include "connect_policy.h"

#include <cppunit/extensions/HelperMacros.h>
#include <sys/socket.h>

using namespace gantry;
using gantry::host::allowed_addresses;
using gantry::host::allowed_local;

namespace {

class ConnectPolicyTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectPolicyTest);
    CPPUNIT_TEST(families_take_turns_beginning_with_the_first_ones);
    CPPUNIT_TEST(one_family_keeps_its_order);
    CPPUNIT_TEST(a_forbidden_family_is_left_out);
    CPPUNIT_TEST(a_bound_address_leaves_its_family_only);
    CPPUNIT_TEST(nothing_left_is_denied);
    CPPUNIT_TEST(an_open_local_address_becomes_the_bound_one);
    CPPUNIT_TEST(another_local_address_than_the_bound_one_is_denied);
    CPPUNIT_TEST(without_ipv6_all_addresses_means_those_of_ipv4);
    CPPUNIT_TEST(an_interface_that_is_not_there_is_denied);
    CPPUNIT_TEST_SUITE_END();

    static IpAddress ip(const char* text) { return *IpAddress::parse(text); }
    static std::vector<IpAddress> ips(std::initializer_list<const char*> texts) {
        std::vector<IpAddress> all;
        for (const char* text : texts) all.push_back(ip(text));
        return all;
    }
    const std::vector<IpAddress> mixed_ =
        ips({"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2"});

    void families_take_turns_beginning_with_the_first_ones() {
        CPPUNIT_ASSERT(
            *allowed_addresses({}, mixed_) ==
            ips({"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3"}));
    }
    void one_family_keeps_its_order() {
        const auto same = ips({"192.0.2.3", "192.0.2.1", "192.0.2.2"});
        CPPUNIT_ASSERT(*allowed_addresses({}, same) == same);
    }
    void a_forbidden_family_is_left_out() {
        ConnectPolicy policy;
        policy.allow_v6 = false;
        CPPUNIT_ASSERT(*allowed_addresses(policy, mixed_) == ips({"192.0.2.1", "192.0.2.2"}));
    }
    void a_bound_address_leaves_its_family_only() {
        ConnectPolicy policy;
        policy.bind_address = ip("192.0.2.9");
        CPPUNIT_ASSERT(*allowed_addresses(policy, mixed_) == ips({"192.0.2.1", "192.0.2.2"}));
    }
    void nothing_left_is_denied() {
        ConnectPolicy policy;
        policy.allow_v4 = false;
        const auto none = allowed_addresses(policy, ips({"192.0.2.1"}));
        CPPUNIT_ASSERT(!none.ok());
        CPPUNIT_ASSERT(ErrorCode::denied == none.error().code);
    }
    void an_open_local_address_becomes_the_bound_one() {
        ConnectPolicy policy;
        policy.bind_address = ip("192.0.2.9");
        CPPUNIT_ASSERT(*allowed_local(policy, {IpAddress(), 80}) ==
                       (Endpoint{ip("192.0.2.9"), 80}));
        CPPUNIT_ASSERT(*allowed_local(policy, {ip("0.0.0.0"), 80}) ==
                       (Endpoint{ip("192.0.2.9"), 80}));
    }
    void another_local_address_than_the_bound_one_is_denied() {
        ConnectPolicy policy;
        policy.bind_address = ip("192.0.2.9");
        const auto denied = allowed_local(policy, {ip("127.0.0.1"), 80});
        CPPUNIT_ASSERT(!denied.ok());
        CPPUNIT_ASSERT(ErrorCode::denied == denied.error().code);
    }
    void without_ipv6_all_addresses_means_those_of_ipv4() {
        ConnectPolicy policy;
        policy.allow_v6 = false;
        CPPUNIT_ASSERT(*allowed_local(policy, {IpAddress(), 80}) == (Endpoint{ip("0.0.0.0"), 80}));
        CPPUNIT_ASSERT(!allowed_local(policy, {ip("::1"), 80}).ok());
    }
    void an_interface_that_is_not_there_is_denied() {
        ConnectPolicy policy;
        policy.bind_interface = "nosuch0";
        auto socket = host::OwnedSocket::open(AF_INET, SOCK_STREAM);
        CPPUNIT_ASSERT(socket.ok());
        const auto denied = host::apply_policy(policy, *socket);
        CPPUNIT_ASSERT(!denied.ok());
        CPPUNIT_ASSERT(ErrorCode::denied == denied.error().code);
        policy.bind_interface = "lo";
        CPPUNIT_ASSERT(host::apply_policy(policy, *socket).ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectPolicyTest);

}  // namespace

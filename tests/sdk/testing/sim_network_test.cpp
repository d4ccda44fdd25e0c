#include "sim_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace std::chrono_literals;
using testing::SimConnector;
using testing::SimOptions;

namespace {

class SimNetworkTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SimNetworkTest);
    CPPUNIT_TEST(the_same_seed_gives_the_same_events_and_another_seed_others);
    CPPUNIT_TEST(a_host_has_addresses_of_its_own_and_a_name);
    CPPUNIT_TEST(a_link_may_differ_by_direction);
    CPPUNIT_TEST(a_filter_picks_what_is_lost);
    CPPUNIT_TEST(counts_what_a_loop_has_open);
    CPPUNIT_TEST(keeps_what_a_callback_threw);
    CPPUNIT_TEST(forgets_what_is_under_way_when_it_goes);
    CPPUNIT_TEST_SUITE_END();

    struct Run {
        std::uint64_t digest = 0;
        std::vector<testing::TraceEvent> trace;
    };
    static Run run(std::uint64_t seed) {
        SimOptions options;
        options.keep_trace = true;
        options.link.jitter = 2ms;
        options.link.loss = 0.05;
        options.link.reorder = 0.1;
        SimPair pair(seed, options);
        pair.connect();
        Reader reader;
        Writer writer;
        reader.start(*pair.accepted);
        writer.start(*pair.connected, numbered_text(300'000));
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        return {pair.network.trace_digest(), pair.network.trace()};
    }

    void the_same_seed_gives_the_same_events_and_another_seed_others() {
        const Run first = run(42);
        const Run again = run(42);
        const Run other = run(43);
        CPPUNIT_ASSERT(first.trace.size() > 20);
        CPPUNIT_ASSERT(first.trace == again.trace);
        CPPUNIT_ASSERT_EQUAL(first.digest, again.digest);
        CPPUNIT_ASSERT(first.trace != other.trace);
        CPPUNIT_ASSERT(first.digest != other.digest);
    }
    void a_host_has_addresses_of_its_own_and_a_name() {
        SimPair pair;
        CPPUNIT_ASSERT_EQUAL(std::string("10.0.0.2"), pair.network.address("server").to_string());
        CPPUNIT_ASSERT_EQUAL(std::string("fd00::2"), pair.network.address_v6("server").to_string());
        pair.network.set_name("www.example.org", {pair.network.address("server")});
        pair.network.set_name("client", {});
        std::string found;
        int missing = 0;
        const auto a = pair.client.resolve(pair.client_loop, "www.example.org", [&](auto result) {
            found = result.value().at(0).to_string();
        });
        const auto b = pair.client.resolve(pair.client_loop, "client", [&](auto result) {
            if (!result && result.error().code == ErrorCode::not_found) ++missing;
        });
        pair.clock.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::string("10.0.0.2"), found);
        CPPUNIT_ASSERT_EQUAL(1, missing);
    }
    void a_link_may_differ_by_direction() {
        SimPair pair;
        testing::LinkOptions slow;
        slow.delay = 300ms;
        pair.network.set_one_way("server", "client", slow);
        const TimePoint start = pair.clock.now();
        pair.connect();
        // The IPv4 address's turn comes 250 ms after the IPv6 one's, which listens to nobody.
        CPPUNIT_ASSERT(pair.clock.now() - start == 551ms);
    }
    void a_filter_picks_what_is_lost() {
        SimPair pair;
        int asked = 0;
        pair.network.set_filter([&](const testing::TraceEvent& packet) {
            return packet.what != "connect" || !packet.to.address.is_v4() || ++asked > 2;
        });
        const TimePoint start = pair.clock.now();
        pair.connect();
        // The IPv4 address is asked when the IPv6 one has refused, and after 1 and 2 seconds more.
        CPPUNIT_ASSERT(pair.clock.now() - start == 3004ms);
    }
    void counts_what_a_loop_has_open() {
        SimPair pair;
        pair.connect();
        auto socket =
            pair.client.open_datagram(pair.client_loop, {pair.network.address("client"), 0}, {});
        auto pending = pair.client.connect(pair.client_loop, {"server", 9}, {}, [](auto) {});
        const auto at_client = pair.network.open_objects(pair.client_loop);
        CPPUNIT_ASSERT((at_client == testing::OpenObjects{1, 0, 1, 1}));
        const auto at_server = pair.network.open_objects(pair.server_loop);
        CPPUNIT_ASSERT((at_server == testing::OpenObjects{1, 1, 0, 0}));
        pending.release();
        socket.value().reset();
        pair.connected.reset();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, pair.network.open_objects(pair.client_loop).total());
    }
    void keeps_what_a_callback_threw() {
        SimPair pair;
        pair.connect();
        pair.accepted->set_callbacks({{}, [] { throw std::runtime_error("boom"); }, {}});
        pair.accepted->set_interest(Interest::write);
        CPPUNIT_ASSERT(pair.run([&] { return !pair.network.errors().empty(); }));
        CPPUNIT_ASSERT(pair.network.errors()[0].message.find("boom") != std::string::npos);
    }
    void forgets_what_is_under_way_when_it_goes() {
        const auto held = std::make_shared<int>(0);
        Registration pending;
        {
            SimPair pair;
            pending = pair.client.connect(pair.client_loop, {"192.0.2.1", 1}, {},
                                          [held](auto) { ++*held; });
            pair.clock.run_for(1s);
            CPPUNIT_ASSERT_EQUAL(2L, held.use_count());
        }
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
        CPPUNIT_ASSERT_EQUAL(0, *held);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimNetworkTest);

}  // namespace

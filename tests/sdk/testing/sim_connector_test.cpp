#include "sim_pair.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/sim_transport.h>

using namespace gantry;
using namespace std::chrono_literals;
using testing::SimConnector;

namespace {

class SimConnectorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SimConnectorTest);
    CPPUNIT_TEST(is_refused_where_nobody_listens);
    CPPUNIT_TEST(times_out_where_nobody_is);
    CPPUNIT_TEST(tries_the_next_address_when_one_refuses);
    CPPUNIT_TEST(goes_on_after_a_quarter_second_when_one_is_silent);
    CPPUNIT_TEST(a_dropped_registration_brings_nothing);
    CPPUNIT_TEST(a_port_in_use_is_refused_and_free_again_later);
    CPPUNIT_TEST(several_listeners_may_share_a_port);
    CPPUNIT_TEST(a_paused_listener_keeps_what_comes);
    CPPUNIT_TEST(a_full_backlog_is_tried_again);
    CPPUNIT_TEST(a_listener_that_goes_resets_what_waits);
    CPPUNIT_TEST(loopback_stays_on_its_host);
    CPPUNIT_TEST(keeps_to_its_policy);
    CPPUNIT_TEST(a_transport_over_it_connects);
    CPPUNIT_TEST_SUITE_END();

    SimPair pair_;

    void dial(const HostPort& to, ConnectOptions options = {}) {
        pair_.connecting =
            pair_.client.connect(pair_.client_loop, to, options, [this](auto result) {
                if (result)
                    pair_.connected = std::move(*result);
                else
                    pair_.error = result.error();
            });
    }
    bool settled() {
        return pair_.run([this] { return pair_.connected || pair_.error; }, 1h);
    }
    Result<std::unique_ptr<Listener>> listen(const Endpoint& at, ListenOptions options = {}) {
        return pair_.server.listen(
            pair_.server_loop, at, options,
            [this](std::unique_ptr<Stream> s) { pair_.accepted = std::move(s); });
    }
    Endpoint server(std::uint16_t port) { return {pair_.network.address("server"), port}; }

    void is_refused_where_nobody_listens() {
        dial({"server", 9});
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.error->code == ErrorCode::network);
    }
    void times_out_where_nobody_is() {
        const TimePoint start = pair_.clock.now();
        dial({"192.0.2.7", 9}, {.timeout = 7s});
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.error->code == ErrorCode::timeout);
        CPPUNIT_ASSERT(pair_.clock.now() - start == 7s);
    }
    void tries_the_next_address_when_one_refuses() {
        pair_.listener = listen(server(80)).value();
        dial({"server", 80});  // its IPv6 address comes first and refuses
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.connected != nullptr);
        CPPUNIT_ASSERT(pair_.connected->peer() == server(80));
    }
    void goes_on_after_a_quarter_second_when_one_is_silent() {
        pair_.network.set_name(
            "www", {IpAddress::parse("192.0.2.7").value(), pair_.network.address("server")});
        pair_.listener = listen(server(80)).value();
        const TimePoint start = pair_.clock.now();
        dial({"www", 80});
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.connected != nullptr);
        CPPUNIT_ASSERT(pair_.clock.now() - start == 252ms);
    }
    void a_dropped_registration_brings_nothing() {
        pair_.listener = listen(server(80)).value();
        dial({"server", 80});
        CPPUNIT_ASSERT(pair_.run([this] { return pair_.accepted != nullptr; }));
        pair_.connecting.release();
        Reader reader;
        reader.start(*pair_.accepted);
        CPPUNIT_ASSERT(pair_.run([&] { return reader.failed || reader.ended; }));
        CPPUNIT_ASSERT(!pair_.connected && !pair_.error);
    }
    void a_port_in_use_is_refused_and_free_again_later() {
        pair_.listener = listen(server(80)).value();
        CPPUNIT_ASSERT(listen(server(80)).error().code == ErrorCode::network);
        CPPUNIT_ASSERT(!listen({IpAddress::parse("0.0.0.0").value(), 80}).ok());
        CPPUNIT_ASSERT(!listen({pair_.network.address("client"), 81}).ok());
        pair_.listener.reset();
        CPPUNIT_ASSERT(listen(server(80)).ok());
    }
    void several_listeners_may_share_a_port() {
        pair_.listener = listen(server(80), {.reuse_port = true}).value();
        CPPUNIT_ASSERT(!listen(server(80)).ok());
        CPPUNIT_ASSERT(listen(server(80), {.reuse_port = true}).ok());
    }
    void a_paused_listener_keeps_what_comes() {
        pair_.listener = listen(server(80)).value();
        pair_.listener->pause();
        dial({"server", 80});
        CPPUNIT_ASSERT(settled());
        pair_.clock.run_for(1s);
        CPPUNIT_ASSERT(pair_.connected && !pair_.accepted);
        pair_.listener->resume();
        pair_.clock.run_ready();
        CPPUNIT_ASSERT(pair_.accepted != nullptr);
    }
    void a_full_backlog_is_tried_again() {
        pair_.listener = listen(server(80), {.backlog = 1}).value();
        pair_.listener->pause();
        dial({"10.0.0.2", 80});
        CPPUNIT_ASSERT(settled());
        const auto first = std::move(pair_.connected);
        dial({"10.0.0.2", 80});
        pair_.clock.run_for(500ms);
        CPPUNIT_ASSERT(!pair_.connected);
        pair_.listener->resume();
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.connected != nullptr);
    }
    void a_listener_that_goes_resets_what_waits() {
        pair_.listener = listen(server(80)).value();
        pair_.listener->pause();
        dial({"10.0.0.2", 80});
        CPPUNIT_ASSERT(settled());
        Reader reader;
        reader.start(*pair_.connected);
        pair_.listener.reset();
        CPPUNIT_ASSERT(pair_.run([&] { return reader.failed.has_value(); }));
    }
    void loopback_stays_on_its_host() {
        pair_.listener = listen({IpAddress::parse("127.0.0.1").value(), 80}).value();
        dial({"127.0.0.1", 80});
        CPPUNIT_ASSERT(settled());
        CPPUNIT_ASSERT(pair_.error.has_value());
        bool connected = false;
        pair_.connecting = pair_.server.connect(pair_.server_loop, {"localhost", 80}, {},
                                                [&](auto result) { connected = result.ok(); });
        CPPUNIT_ASSERT(pair_.run([&] { return connected; }));
    }
    void keeps_to_its_policy() {
        ConnectPolicy policy;
        policy.allow_v6 = false;
        SimConnector v4_only(pair_.network, "client", policy);
        std::optional<ErrorCode> code;
        auto pending = v4_only.connect(pair_.client_loop, {"fd00::2", 80}, {},
                                       [&](auto result) { code = result.error().code; });
        CPPUNIT_ASSERT(pair_.run([&] { return code.has_value(); }));
        CPPUNIT_ASSERT(code == ErrorCode::denied);
        pair_.listener = listen(server(80)).value();
        policy.bind_address = pair_.network.address("client");
        SimConnector bound(pair_.network, "client", policy);
        std::unique_ptr<Stream> stream;
        pending = bound.connect(pair_.client_loop, {"server", 80}, {},
                                [&](auto result) { stream = std::move(result).value(); });
        CPPUNIT_ASSERT(pair_.run([&] { return stream != nullptr; }));
        CPPUNIT_ASSERT(stream->local().address == pair_.network.address("client"));
    }
    void a_transport_over_it_connects() {
        testing::SimTransport at_server(pair_.server);
        testing::SimTransport at_client(pair_.client);
        pair_.listener = at_server
                             .listen(pair_.server_loop, server(80), {},
                                     [this](auto s) { pair_.accepted = std::move(s); })
                             .value();
        pair_.connecting = at_client.connect(pair_.client_loop, {"server", 80}, {}, [](auto) {});
        CPPUNIT_ASSERT(pair_.run([this] { return pair_.accepted != nullptr; }));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimConnectorTest);

}  // namespace

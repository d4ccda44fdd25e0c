#pragma once

#include <support/conformance/net_suite.h>

namespace gantry::testing::conformance {

// How a Connector resolves, connects and keeps to its policy.
template <class Harness>
class ConnectorSuite : public NetSuite<Harness> {
    CPPUNIT_TEST_SUITE(ConnectorSuite<Harness>);
    CPPUNIT_TEST(resolves_an_address_to_itself);
    CPPUNIT_TEST(resolves_a_name);
    CPPUNIT_TEST(an_unknown_name_is_not_found);
    CPPUNIT_TEST(names_that_cannot_be_are_not_found);
    CPPUNIT_TEST(connects_to_an_address);
    CPPUNIT_TEST(connects_to_a_name);
    CPPUNIT_TEST(connecting_to_an_unknown_name_is_not_found);
    CPPUNIT_TEST(a_refused_connection_is_a_network_error_that_names_the_address);
    CPPUNIT_TEST(no_answer_is_a_timeout_and_not_before_its_time);
    CPPUNIT_TEST(the_callback_comes_in_a_later_turn);
    CPPUNIT_TEST(no_callback_comes_after_the_registration_is_dropped);
    CPPUNIT_TEST(the_callback_may_drop_the_registration);
    CPPUNIT_TEST(the_callback_may_connect_again);
    CPPUNIT_TEST(many_connections_at_once_all_come);
    CPPUNIT_TEST(a_family_that_is_not_allowed_is_denied);
    CPPUNIT_TEST(a_family_that_is_not_allowed_is_not_resolved_to);
    CPPUNIT_TEST(connections_leave_from_the_bound_address);
    CPPUNIT_TEST(a_bound_address_of_the_other_family_is_denied);
    CPPUNIT_TEST(a_listener_on_another_address_than_the_bound_one_is_denied);
    CPPUNIT_TEST_SUITE_END();

    using NetSuite<Harness>::harness_;
    using NetSuite<Harness>::connector;
    using NetSuite<Harness>::loop;
    using NetSuite<Harness>::listen;
    using NetSuite<Harness>::connect;
    using NetSuite<Harness>::try_connect;
    using NetSuite<Harness>::host_port;
    using NetSuite<Harness>::run_until;
    using NetSuite<Harness>::settle;
    using NetSuite<Harness>::expect;
    using NetSuite<Harness>::take;
    using Outcome = Result<std::unique_ptr<Stream>>;

    std::vector<std::unique_ptr<Stream>> accepted_;
    std::unique_ptr<Listener> listener_;

    void listen_collecting() {
        listener_ =
            listen([this](std::unique_ptr<Stream> s) { accepted_.push_back(std::move(s)); });
    }
    Result<std::vector<IpAddress>> resolve(Connector& by, const std::string& host) {
        std::optional<Result<std::vector<IpAddress>>> outcome;
        const Registration pending = by.resolve(
            loop(), host, [&](Result<std::vector<IpAddress>> r) { outcome = std::move(r); });
        run_until([&] { return outcome.has_value(); });
        return std::move(*outcome);
    }
    template <class T>
    static void expect_failure(ErrorCode code, const Result<T>& outcome) {
        CPPUNIT_ASSERT(!outcome.ok());
        expect(code, outcome.error());
    }
    Connector& without_v4() {
        ConnectPolicy policy;
        policy.allow_v4 = false;
        return harness_.connector_with(policy);
    }

    void resolves_an_address_to_itself() {
        for (const Endpoint& at : {harness_.any_port(), harness_.any_port_v6()}) {
            const auto found = resolve(connector(), at.address.to_string());
            CPPUNIT_ASSERT(found.ok());
            CPPUNIT_ASSERT((*found == std::vector<IpAddress>{at.address}));
        }
    }
    void resolves_a_name() {
        const auto found = take(resolve(connector(), harness_.known_name()));
        const IpAddress wanted = harness_.any_port().address;
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1}, std::count(found.begin(), found.end(), wanted));
    }
    void an_unknown_name_is_not_found() {
        expect_failure(ErrorCode::not_found, resolve(connector(), harness_.unknown_name()));
    }
    void names_that_cannot_be_are_not_found() {
        expect_failure(ErrorCode::not_found, resolve(connector(), ""));
        expect_failure(ErrorCode::not_found, resolve(connector(), std::string(300, 'a')));
        expect_failure(ErrorCode::not_found, resolve(connector(), std::string("a\0b", 3)));
    }
    void connects_to_an_address() {
        listen_collecting();
        const auto stream = connect(listener_->local());
        run_until([&] { return accepted_.size() == 1; });
        CPPUNIT_ASSERT(stream->peer() == listener_->local());
    }
    void connects_to_a_name() {
        listen_collecting();
        const auto stream =
            take(try_connect(HostPort{harness_.known_name(), listener_->local().port}));
        CPPUNIT_ASSERT(stream->peer() == listener_->local());
    }
    void connecting_to_an_unknown_name_is_not_found() {
        expect_failure(ErrorCode::not_found, try_connect(HostPort{harness_.unknown_name(), 80}));
    }
    void a_refused_connection_is_a_network_error_that_names_the_address() {
        const Endpoint to = harness_.refusing();
        const auto refused = try_connect(host_port(to));
        expect_failure(ErrorCode::network, refused);
        CPPUNIT_ASSERT(describe(refused.error()).find(to.to_string()) != std::string::npos);
    }
    void no_answer_is_a_timeout_and_not_before_its_time() {
        const TimePoint start = loop().now();
        const auto late = try_connect(host_port(harness_.silent()),
                                      ConnectOptions{.timeout = std::chrono::milliseconds(60)});
        expect_failure(ErrorCode::timeout, late);
        CPPUNIT_ASSERT(loop().now() >= start + std::chrono::milliseconds(60));
    }
    void the_callback_comes_in_a_later_turn() {
        bool called = false;
        for (const HostPort& to :
             {host_port(harness_.refusing()), HostPort{harness_.unknown_name(), 80}}) {
            called = false;
            const Registration pending =
                connector().connect(loop(), to, {}, [&](const Outcome&) { called = true; });
            CPPUNIT_ASSERT(!called);
            run_until([&] { return called; });
        }
    }
    void no_callback_comes_after_the_registration_is_dropped() {
        listen_collecting();
        int calls = 0;
        auto held = std::make_shared<int>(0);
        for (const HostPort& to :
             {host_port(listener_->local()), host_port(harness_.refusing()),
              host_port(harness_.silent()), HostPort{harness_.known_name(), 80},
              HostPort{harness_.unknown_name(), 80}}) {
            Registration dropped =
                connector().connect(loop(), to, {.timeout = std::chrono::milliseconds(5)},
                                    [&, held](const Outcome&) { ++calls; });
            Registration resolving = connector().resolve(
                loop(), to.host, [&, held](const Result<std::vector<IpAddress>>&) { ++calls; });
        }
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
        settle();
        CPPUNIT_ASSERT_EQUAL(0, calls);
    }
    void the_callback_may_drop_the_registration() {
        auto held = std::make_shared<int>(7);
        for (const HostPort& to : {host_port(harness_.refusing()), HostPort{"::1", 0}}) {
            int seen = 0;
            Registration pending;
            pending = connector().connect(loop(), to, {}, [&, held](const Outcome&) {
                pending.release();
                seen = *held;  // the callback is whole until it returns
            });
            run_until([&] { return seen != 0; });
        }
        settle();
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void the_callback_may_connect_again() {
        listen_collecting();
        std::unique_ptr<Stream> stream;
        Registration pending;
        pending = connector().connect(
            loop(), host_port(harness_.refusing()), {}, [&](const Outcome& first) {
                CPPUNIT_ASSERT(!first.ok());
                pending =
                    connector().connect(loop(), host_port(listener_->local()), {},
                                        [&](Outcome second) { stream = take(std::move(second)); });
            });
        run_until([&] { return stream != nullptr; });
    }
    void many_connections_at_once_all_come() {
        listen_collecting();
        std::vector<Registration> pending;
        std::vector<std::unique_ptr<Stream>> streams;
        for (int i = 0; i < 200; ++i)
            pending.push_back(
                connector().connect(loop(), host_port(listener_->local()), {},
                                    [&](Outcome r) { streams.push_back(take(std::move(r))); }));
        run_until([&] { return streams.size() == 200 && accepted_.size() == 200; });
    }
    void a_family_that_is_not_allowed_is_denied() {
        Connector& v6_only = without_v4();
        listen_collecting();
        expect_failure(ErrorCode::denied, try_connect(v6_only, host_port(listener_->local())));
        expect_failure(ErrorCode::denied, v6_only.listen(loop(), harness_.any_port(), {}, {}));
        expect_failure(ErrorCode::denied, v6_only.open_datagram(loop(), harness_.any_port(), {}));
        CPPUNIT_ASSERT(v6_only.listen(loop(), harness_.any_port_v6(), {}, {}).ok());
        settle();
        CPPUNIT_ASSERT(accepted_.empty());
    }
    void a_family_that_is_not_allowed_is_not_resolved_to() {
        Connector& v6_only = without_v4();
        expect_failure(ErrorCode::denied,
                       resolve(v6_only, harness_.any_port().address.to_string()));
        CPPUNIT_ASSERT(resolve(v6_only, harness_.any_port_v6().address.to_string()).ok());
    }
    void connections_leave_from_the_bound_address() {
        listen_collecting();
        ConnectPolicy policy;
        policy.bind_address = harness_.any_port().address;
        const auto stream =
            take(try_connect(harness_.connector_with(policy), host_port(listener_->local())));
        CPPUNIT_ASSERT(stream->local().address == *policy.bind_address);
    }
    void a_bound_address_of_the_other_family_is_denied() {
        listen_collecting();
        ConnectPolicy policy;
        policy.bind_address = harness_.any_port_v6().address;
        expect_failure(ErrorCode::denied,
                       try_connect(harness_.connector_with(policy), host_port(listener_->local())));
    }
    void a_listener_on_another_address_than_the_bound_one_is_denied() {
        ConnectPolicy policy;
        policy.bind_address = harness_.any_port_v6().address;
        Connector& bound = harness_.connector_with(policy);
        expect_failure(ErrorCode::denied, bound.listen(loop(), harness_.any_port(), {}, {}));
        const auto listener = take(bound.listen(loop(), Endpoint{}, {}, {}));
        CPPUNIT_ASSERT(listener->local().address == *policy.bind_address);
    }
};

}  // namespace gantry::testing::conformance

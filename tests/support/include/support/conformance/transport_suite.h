#pragma once

#include <support/conformance/net_suite.h>

namespace gantry::testing::conformance {

// What every Transport does, whatever carries its streams. The harness also has
// `Transport& transport()`, whose addresses are those of any_port(). The streams themselves pass
// StreamSuite and StreamEndSuite over a harness whose connector() goes through the transport.
template <class Harness>
class TransportSuite : public NetSuite<Harness> {
    CPPUNIT_TEST_SUITE(TransportSuite<Harness>);
    CPPUNIT_TEST(port_zero_picks_a_free_port);
    CPPUNIT_TEST(streams_connect_and_carry_bytes_both_ways);
    CPPUNIT_TEST(a_refused_or_unanswered_connection_fails);
    CPPUNIT_TEST(no_callback_comes_after_the_registration_is_dropped);
    CPPUNIT_TEST(a_destroyed_listener_accepts_no_more);
    CPPUNIT_TEST_SUITE_END();

    using NetSuite<Harness>::harness_;
    using NetSuite<Harness>::loop;
    using NetSuite<Harness>::host_port;
    using NetSuite<Harness>::run_until;
    using NetSuite<Harness>::settle;
    using NetSuite<Harness>::take;
    using Outcome = Result<std::unique_ptr<Stream>>;

    static constexpr ConnectOptions kShort{.timeout = std::chrono::milliseconds(300)};
    std::unique_ptr<Listener> listener_;
    std::optional<WatchedStream> server_;

    void listen() {
        listener_ = take(harness_.transport().listen(
            loop(), harness_.any_port(), {},
            [this](std::unique_ptr<Stream> s) { server_.emplace(std::move(s)); }));
    }
    Outcome connect(const Endpoint& to, const ConnectOptions& options) {
        std::optional<Outcome> outcome;
        const Registration pending = harness_.transport().connect(
            loop(), host_port(to), options, [&](Outcome r) { outcome = std::move(r); });
        run_until([&] { return outcome.has_value(); });
        return std::move(*outcome);
    }

    void port_zero_picks_a_free_port() {
        listen();
        CPPUNIT_ASSERT(listener_->local().port != 0);
    }
    void streams_connect_and_carry_bytes_both_ways() {
        listen();
        WatchedStream client(take(connect(listener_->local(), {})));
        client.stream->set_interest(Interest::read);
        client.write("question");
        run_until([&] { return server_.has_value(); });
        server_->stream->set_interest(Interest::read);
        run_until([&] { return server_->text == "question"; });
        server_->write("answer");
        CPPUNIT_ASSERT(server_->stream->finish_writing().ok());
        run_until([&] { return client.ended; });
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), client.text);
    }
    void a_refused_or_unanswered_connection_fails() {
        for (const Endpoint& to : {harness_.refusing(), harness_.silent()}) {
            const Outcome outcome = connect(to, kShort);
            CPPUNIT_ASSERT(!outcome.ok());
            CPPUNIT_ASSERT(outcome.error().code == ErrorCode::network ||
                           outcome.error().code == ErrorCode::timeout);
        }
    }
    void no_callback_comes_after_the_registration_is_dropped() {
        listen();
        int calls = 0;
        for (const Endpoint& to : {listener_->local(), harness_.refusing(), harness_.silent()})
            (void)harness_.transport().connect(loop(), host_port(to), kShort,
                                               [&](const Outcome&) { ++calls; });
        settle();
        CPPUNIT_ASSERT_EQUAL(0, calls);
    }
    void a_destroyed_listener_accepts_no_more() {
        listen();
        const Endpoint at = listener_->local();
        listener_.reset();
        CPPUNIT_ASSERT(!connect(at, kShort).ok());
        CPPUNIT_ASSERT(!server_.has_value());
    }
};

}  // namespace gantry::testing::conformance

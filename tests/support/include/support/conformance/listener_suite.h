#pragma once

#include <support/conformance/net_suite.h>

namespace gantry::testing::conformance {

// How a Listener accepts, pauses and ends.
template <class Harness>
class ListenerSuite : public NetSuite<Harness> {
    CPPUNIT_TEST_SUITE(ListenerSuite<Harness>);
    CPPUNIT_TEST(port_zero_picks_a_free_port);
    CPPUNIT_TEST(two_listeners_get_two_ports);
    CPPUNIT_TEST(accepts_many_streams);
    CPPUNIT_TEST(listens_on_ipv6);
    CPPUNIT_TEST(while_paused_the_backlog_holds_what_comes);
    CPPUNIT_TEST(pausing_and_resuming_twice_is_fine);
    CPPUNIT_TEST(the_callback_may_pause_after_each_stream);
    CPPUNIT_TEST(accepted_streams_live_on_without_the_listener);
    CPPUNIT_TEST(a_destroyed_listener_refuses);
    CPPUNIT_TEST(the_callback_may_destroy_the_listener);
    CPPUNIT_TEST(the_callback_may_drop_the_stream);
    CPPUNIT_TEST(a_callback_that_throws_is_reported_and_accepting_goes_on);
    CPPUNIT_TEST(a_taken_port_is_a_network_error);
    CPPUNIT_TEST(a_port_is_free_again_after_its_listener);
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

    std::vector<std::unique_ptr<Stream>> accepted_;
    std::vector<std::unique_ptr<Stream>> connected_;
    std::unique_ptr<Listener> listener_;

    void listen_collecting() {
        listener_ =
            listen([this](std::unique_ptr<Stream> s) { accepted_.push_back(std::move(s)); });
    }
    void connect_some(int count) {
        for (int i = 0; i < count; ++i) connected_.push_back(connect(listener_->local()));
    }

    void port_zero_picks_a_free_port() {
        listen_collecting();
        CPPUNIT_ASSERT(listener_->local().port != 0);
        CPPUNIT_ASSERT(listener_->local().address == harness_.any_port().address);
    }
    void two_listeners_get_two_ports() {
        listen_collecting();
        const auto other = listen({});
        CPPUNIT_ASSERT(other->local() != listener_->local());
    }
    void accepts_many_streams() {
        listen_collecting();
        connect_some(100);
        run_until([&] { return accepted_.size() == 100; });
        for (const auto& stream : connected_) {
            const auto is_its_peer = [&](const auto& a) { return a->peer() == stream->local(); };
            CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t{1},
                                 std::count_if(accepted_.begin(), accepted_.end(), is_its_peer));
        }
    }
    void listens_on_ipv6() {
        listener_ = take(connector().listen(
            loop(), harness_.any_port_v6(), {},
            [this](std::unique_ptr<Stream> s) { accepted_.push_back(std::move(s)); }));
        connect_some(1);
        run_until([&] { return accepted_.size() == 1; });
        CPPUNIT_ASSERT(!accepted_[0]->peer().address.is_v4());
        CPPUNIT_ASSERT(accepted_[0]->peer() == connected_[0]->local());
    }
    void while_paused_the_backlog_holds_what_comes() {
        listen_collecting();
        listener_->pause();
        connect_some(3);
        settle();
        CPPUNIT_ASSERT(accepted_.empty());
        listener_->resume();
        run_until([&] { return accepted_.size() == 3; });
    }
    void pausing_and_resuming_twice_is_fine() {
        listen_collecting();
        listener_->pause();
        listener_->pause();
        listener_->resume();
        listener_->resume();
        connect_some(1);
        run_until([&] { return accepted_.size() == 1; });
    }
    void the_callback_may_pause_after_each_stream() {
        listener_ = listen([this](std::unique_ptr<Stream> s) {
            accepted_.push_back(std::move(s));
            listener_->pause();
        });
        listener_->pause();
        connect_some(3);
        for (std::size_t i = 1; i <= 3; ++i) {
            listener_->resume();
            run_until([&] { return accepted_.size() == i; });
            settle();
            CPPUNIT_ASSERT_EQUAL(i, accepted_.size());
        }
    }
    void accepted_streams_live_on_without_the_listener() {
        listen_collecting();
        connect_some(1);
        run_until([&] { return accepted_.size() == 1; });
        listener_.reset();
        WatchedStream server(std::move(accepted_[0]));
        WatchedStream client(std::move(connected_[0]));
        server.stream->set_interest(Interest::read);
        client.write("still there");
        run_until([&] { return server.text == "still there"; });
    }
    void a_destroyed_listener_refuses() {
        listen_collecting();
        const Endpoint at = listener_->local();
        listener_.reset();
        const auto refused = try_connect(host_port(at));
        CPPUNIT_ASSERT(!refused.ok());
        expect(ErrorCode::network, refused.error());
    }
    void the_callback_may_destroy_the_listener() {
        auto held = std::make_shared<int>(7);
        int seen = 0;
        listener_ = listen([this, held, &seen](std::unique_ptr<Stream> s) {
            accepted_.push_back(std::move(s));
            listener_.reset();
            seen += *held;  // the callback is whole until it returns
        });
        const Endpoint at = listener_->local();
        connected_.push_back(connect(at));
        run_until([&] { return seen != 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(7, seen);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void the_callback_may_drop_the_stream() {
        listener_ = listen([](std::unique_ptr<Stream>) {});
        WatchedStream client(connect(listener_->local()));
        client.stream->set_interest(Interest::read);
        run_until([&] { return client.ended || client.closed > 0; });
    }
    void a_callback_that_throws_is_reported_and_accepting_goes_on() {
        listener_ = listen([this](std::unique_ptr<Stream> s) {
            accepted_.push_back(std::move(s));
            throw std::runtime_error("on purpose");
        });
        connect_some(1);
        run_until([&] { return harness_.faults() == 1; });
        connect_some(1);
        run_until([&] { return harness_.faults() == 2 && accepted_.size() == 2; });
    }
    void a_taken_port_is_a_network_error() {
        listen_collecting();
        const auto second = connector().listen(loop(), listener_->local(), {}, {});
        CPPUNIT_ASSERT(!second.ok());
        expect(ErrorCode::network, second.error());
    }
    void a_port_is_free_again_after_its_listener() {
        listen_collecting();
        connect_some(1);
        run_until([&] { return accepted_.size() == 1; });
        const Endpoint at = listener_->local();
        listener_.reset();
        accepted_.clear();
        CPPUNIT_ASSERT(connector().listen(loop(), at, {}, {}).ok());
    }
};

}  // namespace gantry::testing::conformance

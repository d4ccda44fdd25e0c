#pragma once

#include <support/conformance/net_suite.h>

namespace gantry::testing::conformance {

// How a Stream ends: in order, by failure, and by being destroyed wherever that is allowed.
template <class Harness>
class StreamEndSuite : public PairSuite<Harness> {
    CPPUNIT_TEST_SUITE(StreamEndSuite<Harness>);
    CPPUNIT_TEST(the_end_comes_after_the_last_byte);
    CPPUNIT_TEST(the_end_is_told_each_time_it_is_read);
    CPPUNIT_TEST(after_one_end_the_other_direction_goes_on);
    CPPUNIT_TEST(the_server_may_end_first);
    CPPUNIT_TEST(both_ends_in_order_are_no_failure);
    CPPUNIT_TEST(finishing_twice_is_fine);
    CPPUNIT_TEST(writing_after_finishing_is_refused);
    CPPUNIT_TEST(a_destroyed_stream_still_delivers_what_it_accepted);
    CPPUNIT_TEST(an_abort_closes_the_peer_once_whatever_its_interest);
    CPPUNIT_TEST(an_abort_closes_a_peer_that_reads);
    CPPUNIT_TEST(an_abort_closes_a_peer_that_finished_writing);
    CPPUNIT_TEST(nothing_is_told_after_an_own_abort);
    CPPUNIT_TEST(calls_after_an_own_abort_are_refused);
    CPPUNIT_TEST(a_failure_found_by_reading_is_told_as_closed_once);
    CPPUNIT_TEST(calls_after_closed_answer_its_error);
    CPPUNIT_TEST(nothing_but_closed_is_told_of_a_failed_stream);
    CPPUNIT_TEST(readable_may_destroy_its_stream);
    CPPUNIT_TEST(writable_may_destroy_its_stream);
    CPPUNIT_TEST(closed_may_destroy_its_stream);
    CPPUNIT_TEST(readable_may_abort_its_stream);
    CPPUNIT_TEST(a_callback_may_destroy_the_other_end);
    CPPUNIT_TEST(the_last_callback_is_destroyed_with_the_stream);
    CPPUNIT_TEST_SUITE_END();

    using PairSuite<Harness>::client;
    using PairSuite<Harness>::server;
    using PairSuite<Harness>::client_;
    using PairSuite<Harness>::server_;
    using PairSuite<Harness>::run_until;
    using PairSuite<Harness>::settle;
    using PairSuite<Harness>::expect;

    static Result<std::size_t> write_one(Stream& to) {
        const ByteView byte = as_bytes("x");
        return to.write(std::span(&byte, 1));
    }
    static Result<ReadOutcome> read_one(Stream& from) {
        std::byte byte;
        return from.read(ByteSpan(&byte, 1));
    }

    void the_end_comes_after_the_last_byte() {
        server().set_interest(Interest::read);
        client_->write("all");
        CPPUNIT_ASSERT(client().finish_writing().ok());
        run_until([&] { return server_->ended; });
        CPPUNIT_ASSERT_EQUAL(std::string("all"), server_->text);
        CPPUNIT_ASSERT_EQUAL(0, server_->closed);
    }
    void the_end_is_told_each_time_it_is_read() {
        CPPUNIT_ASSERT(client().finish_writing().ok());
        server().set_interest(Interest::read);
        run_until([&] { return server_->ended; });
        const auto again = read_one(server());
        CPPUNIT_ASSERT(again.ok() && again->end && again->bytes == 0);
    }
    void after_one_end_the_other_direction_goes_on() {
        client().set_interest(Interest::read);
        server().set_interest(Interest::read);
        CPPUNIT_ASSERT(client().finish_writing().ok());
        run_until([&] { return server_->ended; });
        server_->write("late answer");
        run_until([&] { return client_->text == "late answer"; });
        CPPUNIT_ASSERT(!client_->ended);
    }
    void the_server_may_end_first() {
        client().set_interest(Interest::read);
        server().set_interest(Interest::read);
        CPPUNIT_ASSERT(server().finish_writing().ok());
        run_until([&] { return client_->ended; });
        client_->write("late question");
        run_until([&] { return server_->text == "late question"; });
    }
    void both_ends_in_order_are_no_failure() {
        client().set_interest(Interest::read);
        server().set_interest(Interest::read);
        CPPUNIT_ASSERT(client().finish_writing().ok());
        CPPUNIT_ASSERT(server().finish_writing().ok());
        run_until([&] { return client_->ended && server_->ended; });
        settle();
        CPPUNIT_ASSERT_EQUAL(0, client_->closed);
        CPPUNIT_ASSERT_EQUAL(0, server_->closed);
    }
    void finishing_twice_is_fine() {
        CPPUNIT_ASSERT(client().finish_writing().ok());
        CPPUNIT_ASSERT(client().finish_writing().ok());
    }
    void writing_after_finishing_is_refused() {
        CPPUNIT_ASSERT(client().finish_writing().ok());
        const auto wrote = write_one(client());
        CPPUNIT_ASSERT(!wrote.ok());
        expect(ErrorCode::closed, wrote.error());
        settle();
        CPPUNIT_ASSERT_EQUAL(0, client_->closed);
    }
    void a_destroyed_stream_still_delivers_what_it_accepted() {
        client_->write("last words");
        client_.reset();
        server().set_interest(Interest::read);
        run_until([&] { return server_->ended; });
        CPPUNIT_ASSERT_EQUAL(std::string("last words"), server_->text);
    }
    void an_abort_closes_the_peer_once_whatever_its_interest() {
        client().abort();
        run_until([&] { return server_->closed > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, server_->closed);
        expect(ErrorCode::network, server_->error);
    }
    void an_abort_closes_a_peer_that_reads() {
        server().set_interest(Interest::both);
        server_->on_writable = [this] { server().set_interest(Interest::read); };
        client().abort();
        run_until([&] { return server_->closed > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, server_->closed);
        CPPUNIT_ASSERT(!server_->ended);
    }
    void an_abort_closes_a_peer_that_finished_writing() {
        CPPUNIT_ASSERT(server().finish_writing().ok());
        settle();
        client().abort();
        run_until([&] { return server_->closed > 0; });
        expect(ErrorCode::network, server_->error);
    }
    void nothing_is_told_after_an_own_abort() {
        server_->write("unread");
        client().set_interest(Interest::both);
        client().abort();
        settle();
        CPPUNIT_ASSERT_EQUAL(0, client_->readable + client_->writable + client_->closed);
    }
    void calls_after_an_own_abort_are_refused() {
        client().abort();
        client().abort();
        client().set_interest(Interest::both);
        expect(ErrorCode::closed, write_one(client()).error());
        expect(ErrorCode::closed, read_one(client()).error());
        expect(ErrorCode::closed, client().finish_writing().error());
    }
    void a_failure_found_by_reading_is_told_as_closed_once() {
        client().abort();
        std::optional<Error> found;
        run_until([&] {
            const auto got = read_one(server());
            if (!got.ok()) found = got.error();
            return found.has_value() || server_->closed > 0;
        });
        run_until([&] { return server_->closed > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, server_->closed);
        if (found) expect(ErrorCode::network, *found);
    }
    void calls_after_closed_answer_its_error() {
        client().abort();
        run_until([&] { return server_->closed > 0; });
        expect(ErrorCode::network, read_one(server()).error());
        expect(ErrorCode::network, write_one(server()).error());
        expect(ErrorCode::network, server().finish_writing().error());
    }
    void nothing_but_closed_is_told_of_a_failed_stream() {
        client().abort();
        run_until([&] { return server_->closed > 0; });
        server().set_interest(Interest::both);
        settle();
        CPPUNIT_ASSERT_EQUAL(0, server_->readable + server_->writable);
        CPPUNIT_ASSERT_EQUAL(1, server_->closed);
    }
    void readable_may_destroy_its_stream() {
        auto held = std::make_shared<int>(7);
        int seen = 0;
        server().set_callbacks({.readable = [&, held] {
            server_.reset();
            seen = *held;  // the callback is whole until it returns
        }});
        server().set_interest(Interest::both);
        client_->write("abc");
        run_until([&] { return seen == 7; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void writable_may_destroy_its_stream() {
        int calls = 0;
        server().set_callbacks({.writable = [&] {
            ++calls;
            server_.reset();
        }});
        server().set_interest(Interest::both);
        run_until([&] { return calls > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, calls);
    }
    void closed_may_destroy_its_stream() {
        int calls = 0;
        server().set_callbacks({.readable = [&] { ++calls; },
                                .closed =
                                    [&](const Error&) {
                                        server_.reset();
                                        calls = 100;
                                    }});
        client().abort();
        run_until([&] { return calls >= 100; });
        settle();
        CPPUNIT_ASSERT_EQUAL(100, calls);
    }
    void readable_may_abort_its_stream() {
        int calls = 0;
        server().set_callbacks({.readable =
                                    [&] {
                                        ++calls;
                                        server().abort();
                                    },
                                .writable = [&] { ++calls; }});
        client_->write("abc");
        settle();
        server().set_interest(Interest::both);
        run_until([&] { return client_->closed > 0; });
        CPPUNIT_ASSERT(calls >= 1);
        const int before = calls;
        settle();
        CPPUNIT_ASSERT_EQUAL(before, calls);
    }
    void a_callback_may_destroy_the_other_end() {
        int calls = 0;
        server().set_callbacks({.readable = [&] {
            ++calls;
            client_.reset();
            server().set_interest(Interest::none);
        }});
        client_->write("abc");
        client().set_interest(Interest::write);
        client_->on_writable = [] {};
        server().set_interest(Interest::read);
        run_until([&] { return calls > 0; });
        settle();
        CPPUNIT_ASSERT(!client_.has_value());
    }
    void the_last_callback_is_destroyed_with_the_stream() {
        auto held = std::make_shared<int>(0);
        server().set_callbacks({.readable = [held] {}});
        CPPUNIT_ASSERT_EQUAL(2L, held.use_count());
        server_.reset();
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
};

}  // namespace gantry::testing::conformance

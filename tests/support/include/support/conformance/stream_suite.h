#pragma once

#include <support/conformance/net_suite.h>

namespace gantry::testing::conformance {

// How bytes go through a Stream. StreamEndSuite has how it ends.
template <class Harness>
class StreamSuite : public PairSuite<Harness> {
    CPPUNIT_TEST_SUITE(StreamSuite<Harness>);
    CPPUNIT_TEST(each_end_tells_the_others_address);
    CPPUNIT_TEST(says_whether_it_is_protected);
    CPPUNIT_TEST(bytes_arrive_in_both_directions);
    CPPUNIT_TEST(gathered_buffers_arrive_as_one_sequence);
    CPPUNIT_TEST(hundreds_of_buffers_go_in_one_call);
    CPPUNIT_TEST(writing_or_reading_nothing_does_nothing);
    CPPUNIT_TEST(a_read_with_nothing_there_says_so);
    CPPUNIT_TEST(bytes_can_be_read_one_by_one);
    CPPUNIT_TEST(readable_comes_again_until_all_is_read);
    CPPUNIT_TEST(nothing_is_told_that_is_not_wanted);
    CPPUNIT_TEST(interest_tells_of_bytes_that_wait_already);
    CPPUNIT_TEST(a_reader_that_stops_stops_the_writer);
    CPPUNIT_TEST(writable_comes_when_the_reader_goes_on);
    CPPUNIT_TEST(writable_does_not_come_while_there_is_no_room);
    CPPUNIT_TEST(bulk_arrives_in_order);
    CPPUNIT_TEST(callbacks_may_be_replaced_inside_a_callback);
    CPPUNIT_TEST(callbacks_may_be_taken_away_inside_a_callback);
    CPPUNIT_TEST(a_callback_that_throws_is_reported_and_called_again);
    CPPUNIT_TEST_SUITE_END();

    using PairSuite<Harness>::client;
    using PairSuite<Harness>::server;
    using PairSuite<Harness>::client_;
    using PairSuite<Harness>::server_;
    using PairSuite<Harness>::run_until;
    using PairSuite<Harness>::settle;
    using PairSuite<Harness>::harness_;

    // Writes the pattern from `from` on until there is no room or `end` is reached.
    static void write_pattern(Stream& to, std::size_t& from, std::size_t end) {
        while (from < end) {
            const std::string bytes = pattern(from, std::min<std::size_t>(64 * 1024, end - from));
            const ByteView view = as_bytes(bytes);
            auto wrote = to.write(std::span(&view, 1));
            CPPUNIT_ASSERT(wrote.ok());
            from += *wrote;
            if (*wrote < bytes.size()) return;
        }
    }

    void each_end_tells_the_others_address() {
        CPPUNIT_ASSERT(client().peer() == server().local());
        CPPUNIT_ASSERT(server().peer() == client().local());
        CPPUNIT_ASSERT(client().peer().port != 0);
        CPPUNIT_ASSERT(client().peer() != client().local());
    }
    void says_whether_it_is_protected() {
        CPPUNIT_ASSERT_EQUAL(harness_.is_secure(), client().security().encrypted);
        CPPUNIT_ASSERT_EQUAL(harness_.is_secure(), client().security().authenticated);
    }
    void bytes_arrive_in_both_directions() {
        client().set_interest(Interest::read);
        server().set_interest(Interest::read);
        client_->write("question");
        server_->write("answer");
        run_until([&] { return server_->text == "question" && client_->text == "answer"; });
    }
    void gathered_buffers_arrive_as_one_sequence() {
        server().set_interest(Interest::read);
        const ByteView parts[] = {as_bytes("one "), as_bytes(""), as_bytes("two "),
                                  as_bytes("three")};
        const auto wrote = client().write(parts);
        CPPUNIT_ASSERT(wrote.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{13}, *wrote);
        run_until([&] { return server_->received == 13; });
        CPPUNIT_ASSERT_EQUAL(std::string("one two three"), server_->text);
    }
    void hundreds_of_buffers_go_in_one_call() {
        server().set_interest(Interest::read);
        const std::string all = pattern(0, 3000);
        std::vector<ByteView> parts;
        for (std::size_t i = 0; i < all.size(); i += 3)
            parts.push_back(as_bytes(all).subspan(i, 3));
        const auto wrote = client().write(parts);
        CPPUNIT_ASSERT(wrote.ok());
        CPPUNIT_ASSERT_EQUAL(all.size(), *wrote);
        run_until([&] { return server_->received == all.size(); });
        CPPUNIT_ASSERT(server_->text == all);
    }
    void writing_or_reading_nothing_does_nothing() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *client().write({}));
        const ByteView nothing;
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, *client().write(std::span(&nothing, 1)));
        const auto got = server().read({});
        CPPUNIT_ASSERT(got.ok());
        CPPUNIT_ASSERT(got->bytes == 0 && !got->end);
    }
    void a_read_with_nothing_there_says_so() {
        std::byte buffer[16];
        const auto got = server().read(buffer);
        CPPUNIT_ASSERT(got.ok());
        CPPUNIT_ASSERT(got->bytes == 0 && !got->end);
    }
    void bytes_can_be_read_one_by_one() {
        server_->hold = true;
        server().set_interest(Interest::read);
        client_->write("abc");
        std::string text;
        run_until([&] {
            std::byte one;
            const auto got = server().read(ByteSpan(&one, 1));
            CPPUNIT_ASSERT(got.ok() && got->bytes <= 1);
            if (got->bytes == 1) text += static_cast<char>(one);
            return text.size() == 3;
        });
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), text);
    }
    void readable_comes_again_until_all_is_read() {
        server_->hold = true;
        server().set_interest(Interest::read);
        client_->write("abc");
        run_until([&] { return server_->readable >= 3; });
        server_->hold = false;
        run_until([&] { return server_->text == "abc"; });
        const int calls = server_->readable;
        settle();
        CPPUNIT_ASSERT_EQUAL(calls, server_->readable);
    }
    void nothing_is_told_that_is_not_wanted() {
        client_->write("abc");
        settle();
        CPPUNIT_ASSERT_EQUAL(0, server_->readable);
        CPPUNIT_ASSERT_EQUAL(0, server_->writable);
    }
    void interest_tells_of_bytes_that_wait_already() {
        client_->write("abc");
        settle();
        server().set_interest(Interest::read);
        run_until([&] { return server_->text == "abc"; });
    }
    // Writes until nothing more goes; how much went.
    std::size_t fill(std::size_t all) {
        std::size_t sent = 0;
        for (std::size_t before = 1; sent != before && sent < all;) {
            before = sent;
            write_pattern(client(), sent, all);
            settle();
        }
        return sent;
    }
    void a_reader_that_stops_stops_the_writer() {
        const std::size_t sent = fill(harness_.bulk_bytes());
        CPPUNIT_ASSERT(sent > 0);
        CPPUNIT_ASSERT(sent < harness_.bulk_bytes());
    }
    void writable_comes_when_the_reader_goes_on() {
        const std::size_t sent = fill(harness_.bulk_bytes());
        client().set_interest(Interest::write);
        server().set_interest(Interest::read);
        run_until([&] { return client_->writable > 0 && server_->received == sent; });
    }
    void writable_does_not_come_while_there_is_no_room() {
        (void)fill(harness_.bulk_bytes());
        client().set_interest(Interest::write);
        settle();
        CPPUNIT_ASSERT_EQUAL(0, client_->writable);
    }
    void bulk_arrives_in_order() {
        const std::size_t all = harness_.bulk_bytes();
        std::size_t sent = 0;
        std::size_t seen = 0;
        bool in_order = true;
        server_->keep = false;
        server_->on_bytes = [&](ByteView bytes) {
            in_order = in_order && pattern(seen, bytes.size()) == as_text(bytes);
            seen += bytes.size();
        };
        client_->on_writable = [&] {
            write_pattern(client(), sent, all);
            if (sent == all) client().set_interest(Interest::none);
        };
        client().set_interest(Interest::write);
        server().set_interest(Interest::read);
        run_until([&] { return seen >= all || !in_order; });
        CPPUNIT_ASSERT(in_order);
        CPPUNIT_ASSERT_EQUAL(all, seen);
    }
    void callbacks_may_be_replaced_inside_a_callback() {
        auto held = std::make_shared<int>(7);
        int first = 0;
        int second = 0;
        server().set_callbacks({.readable = [&, held] {
            server().set_callbacks({.readable = [&] { ++second; }});
            first += *held;  // the callback is whole until it returns
        }});
        server().set_interest(Interest::read);
        client_->write("abc");
        run_until([&] { return second > 0; });
        CPPUNIT_ASSERT_EQUAL(7, first);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void callbacks_may_be_taken_away_inside_a_callback() {
        int calls = 0;
        server().set_callbacks({.readable = [&] {
            ++calls;
            server().set_callbacks({});
        }});
        server().set_interest(Interest::read);
        client_->write("abc");
        run_until([&] { return calls > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, calls);
    }
    void a_callback_that_throws_is_reported_and_called_again() {
        server().set_callbacks({.readable = [] { throw std::runtime_error("on purpose"); }});
        server().set_interest(Interest::read);
        client_->write("abc");
        run_until([&] { return harness_.faults() >= 2; });
    }
};

}  // namespace gantry::testing::conformance

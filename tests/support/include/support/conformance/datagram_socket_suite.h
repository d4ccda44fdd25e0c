#pragma once

#include <support/conformance/net_suite.h>

#include <array>

namespace gantry::testing::conformance {

// How datagrams go out and come in, alone, in batches and in trains.
template <class Harness>
class DatagramSocketSuite : public NetSuite<Harness> {
    CPPUNIT_TEST_SUITE(DatagramSocketSuite<Harness>);
    CPPUNIT_TEST(port_zero_picks_a_free_port);
    CPPUNIT_TEST(a_datagram_arrives_with_its_senders_address);
    CPPUNIT_TEST(works_over_ipv6);
    CPPUNIT_TEST(an_empty_datagram_arrives);
    CPPUNIT_TEST(a_large_datagram_arrives_whole);
    CPPUNIT_TEST(receiving_with_nothing_there_fills_no_slot);
    CPPUNIT_TEST(an_empty_batch_sends_nothing);
    CPPUNIT_TEST(a_batch_arrives_in_order_with_its_borders);
    CPPUNIT_TEST(one_batch_may_go_to_several_sockets);
    CPPUNIT_TEST(what_finds_no_slot_waits_for_the_next_call);
    CPPUNIT_TEST(a_datagram_longer_than_its_slot_is_truncated_and_says_so);
    CPPUNIT_TEST(a_train_arrives_as_datagrams_with_a_short_last);
    CPPUNIT_TEST(a_train_of_one_and_one_that_is_exact_arrive);
    CPPUNIT_TEST(a_train_longer_than_the_system_takes_at_once_arrives);
    CPPUNIT_TEST(trains_and_datagrams_mix_in_one_batch);
    CPPUNIT_TEST(a_receiver_of_trains_gets_every_byte_with_its_borders);
    CPPUNIT_TEST(congestion_marks_arrive);
    CPPUNIT_TEST(congestion_marks_arrive_over_ipv6);
    CPPUNIT_TEST(readable_comes_each_turn_until_all_is_received);
    CPPUNIT_TEST(writable_comes_while_it_is_wanted);
    CPPUNIT_TEST(nothing_is_told_that_is_not_wanted);
    CPPUNIT_TEST(sending_to_a_port_that_nobody_has_is_no_error);
    CPPUNIT_TEST(a_callback_may_destroy_the_socket);
    CPPUNIT_TEST(a_callback_that_throws_is_reported_and_called_again);
    CPPUNIT_TEST(a_taken_port_is_a_network_error);
    CPPUNIT_TEST_SUITE_END();

    using NetSuite<Harness>::harness_;
    using NetSuite<Harness>::connector;
    using NetSuite<Harness>::loop;
    using NetSuite<Harness>::run_until;
    using NetSuite<Harness>::settle;
    using NetSuite<Harness>::expect;
    using NetSuite<Harness>::take;

    struct Received {
        Endpoint from;
        std::string text;
        std::uint16_t segment = 0;
        Ecn ecn = Ecn::not_ect;
        bool truncated = false;
    };

    std::unique_ptr<DatagramSocket> a_;
    std::unique_ptr<DatagramSocket> b_;
    std::vector<Received> received_;

    std::unique_ptr<DatagramSocket> open(const Endpoint& at, DatagramOptions options = {}) {
        return take(connector().open_datagram(loop(), at, options));
    }
    void open_pair(DatagramOptions options = {}) {
        a_ = open(harness_.any_port());
        b_ = open(harness_.any_port(), options);
    }
    void open_pair_v6() {
        a_ = open(harness_.any_port_v6());
        b_ = open(harness_.any_port_v6());
    }
    OutDatagram to_b(std::string_view text, std::uint16_t segment = 0, Ecn ecn = Ecn::not_ect) {
        return {.to = b_->local(), .payload = as_bytes(text), .segment = segment, .ecn = ecn};
    }
    void send(std::span<const OutDatagram> batch) {
        CPPUNIT_ASSERT_EQUAL(batch.size(), take(a_->send(batch)));
    }
    void send(const OutDatagram& one) { send(std::span(&one, 1)); }
    // Receives into `slots` slots of 64 KiB until `done`.
    void receive_until(const std::function<bool()>& done, std::size_t slots = 8) {
        b_->set_interest(Interest::read);
        run_until([&] { return receive(*b_, slots), done(); });
        b_->set_interest(Interest::none);
    }
    std::size_t receive(DatagramSocket& from, std::size_t slots, std::size_t room = 64 * 1024) {
        std::vector<std::byte> memory(slots * room);
        std::vector<InDatagram> in(slots);
        for (std::size_t i = 0; i < slots; ++i)
            in[i].buffer = ByteSpan(memory).subspan(i * room, room);
        const std::size_t count = take(from.receive(in));
        for (std::size_t i = 0; i < count; ++i) {
            const auto text = as_text(ByteView(in[i].buffer).first(in[i].size));
            received_.push_back(
                {in[i].from, std::string(text), in[i].segment, in[i].ecn, in[i].truncated});
        }
        return count;
    }
    void receive_count(std::size_t count) {
        receive_until([&] { return received_.size() >= count; });
        CPPUNIT_ASSERT_EQUAL(count, received_.size());
    }
    // What came, with trains taken apart again.
    std::vector<std::string> texts() const {
        std::vector<std::string> all;
        for (const Received& r : received_) {
            const std::size_t step =
                r.segment > 0 ? r.segment : std::max<std::size_t>(r.text.size(), 1);
            for (std::size_t i = 0; i == 0 || i < r.text.size(); i += step)
                all.push_back(r.text.substr(i, step));
        }
        return all;
    }
    static std::vector<std::string> cut(const std::string& train, std::size_t segment) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < train.size(); i += segment)
            all.push_back(train.substr(i, segment));
        return all;
    }

    void port_zero_picks_a_free_port() {
        open_pair();
        CPPUNIT_ASSERT(a_->local().port != 0);
        CPPUNIT_ASSERT(a_->local() != b_->local());
    }
    void a_datagram_arrives_with_its_senders_address() {
        open_pair();
        send(to_b("hello"));
        receive_count(1);
        CPPUNIT_ASSERT_EQUAL(std::string("hello"), received_[0].text);
        CPPUNIT_ASSERT(received_[0].from == a_->local());
        CPPUNIT_ASSERT(!received_[0].truncated);
    }
    void works_over_ipv6() {
        open_pair_v6();
        send(to_b("hello"));
        receive_count(1);
        CPPUNIT_ASSERT(received_[0].from == a_->local());
        CPPUNIT_ASSERT(!received_[0].from.address.is_v4());
    }
    void an_empty_datagram_arrives() {
        open_pair();
        const std::array batch{to_b(""), to_b("after")};
        send(batch);
        receive_count(2);
        CPPUNIT_ASSERT_EQUAL(std::string(), received_[0].text);
    }
    void a_large_datagram_arrives_whole() {
        open_pair();
        const std::string text = pattern(0, 60'000);
        send(to_b(text));
        receive_count(1);
        CPPUNIT_ASSERT(received_[0].text == text);
    }
    void receiving_with_nothing_there_fills_no_slot() {
        open_pair();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, receive(*b_, 4));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, take(b_->receive({})));
    }
    void an_empty_batch_sends_nothing() {
        open_pair();
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, take(a_->send({})));
    }
    void a_batch_arrives_in_order_with_its_borders() {
        open_pair();
        std::vector<std::string> sent;
        for (std::size_t i = 0; i < 150; ++i) sent.push_back(pattern(i, 1 + i));
        std::vector<OutDatagram> batch;
        for (const std::string& text : sent) batch.push_back(to_b(text));
        send(batch);
        receive_until([&] { return received_.size() >= 150; }, 100);
        CPPUNIT_ASSERT(texts() == sent);
    }
    void one_batch_may_go_to_several_sockets() {
        open_pair();
        const auto c = open(harness_.any_port());
        const std::array batch{to_b("for b"),
                               OutDatagram{.to = c->local(), .payload = as_bytes("for c")},
                               to_b("for b too")};
        send(batch);
        receive_count(2);
        CPPUNIT_ASSERT_EQUAL(std::string("for b too"), received_[1].text);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, receive(*c, 4));
        CPPUNIT_ASSERT_EQUAL(std::string("for c"), received_.back().text);
    }
    void what_finds_no_slot_waits_for_the_next_call() {
        open_pair();
        const std::array batch{to_b("1"), to_b("2"), to_b("3")};
        send(batch);
        settle();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, receive(*b_, 2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, receive(*b_, 2));
        CPPUNIT_ASSERT((texts() == std::vector<std::string>{"1", "2", "3"}));
    }
    void a_datagram_longer_than_its_slot_is_truncated_and_says_so() {
        open_pair();
        const std::array batch{to_b("0123456789"), to_b("01234567")};
        send(batch);
        settle();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, receive(*b_, 2, 8));
        CPPUNIT_ASSERT_EQUAL(std::string("01234567"), received_[0].text);
        CPPUNIT_ASSERT(received_[0].truncated);
        CPPUNIT_ASSERT_EQUAL(std::string("01234567"), received_[1].text);
        CPPUNIT_ASSERT(!received_[1].truncated);
    }
    void a_train_arrives_as_datagrams_with_a_short_last() {
        open_pair();
        const std::string train = pattern(0, 10 * 1200 + 7);
        send(to_b(train, 1200));
        receive_count(11);
        CPPUNIT_ASSERT(texts() == cut(train, 1200));
        for (const Received& r : received_) CPPUNIT_ASSERT_EQUAL(std::uint16_t{0}, r.segment);
    }
    void a_train_of_one_and_one_that_is_exact_arrive() {
        open_pair();
        const std::string exact = pattern(0, 3 * 100);
        const std::array batch{to_b("short", 100), to_b(exact, 100), to_b(exact, 300)};
        send(batch);
        receive_count(5);
        CPPUNIT_ASSERT_EQUAL(std::string("short"), received_[0].text);
        CPPUNIT_ASSERT(received_[4].text == exact);
    }
    void a_train_longer_than_the_system_takes_at_once_arrives() {
        open_pair();
        const std::string many = pattern(0, 150 * 100 + 1);
        send(to_b(many, 100));
        receive_count(151);
        CPPUNIT_ASSERT(texts() == cut(many, 100));
        received_.clear();
        const std::string wide = pattern(7, 60 * 1400);
        send(to_b(wide, 1400));
        receive_count(60);
        CPPUNIT_ASSERT(texts() == cut(wide, 1400));
    }
    void trains_and_datagrams_mix_in_one_batch() {
        open_pair();
        const std::string train = pattern(0, 2500);
        const std::array batch{to_b("before"), to_b(train, 1000), to_b("after")};
        send(batch);
        receive_count(5);
        CPPUNIT_ASSERT_EQUAL(std::string("before"), received_[0].text);
        CPPUNIT_ASSERT_EQUAL(std::size_t{500}, received_[3].text.size());
        CPPUNIT_ASSERT_EQUAL(std::string("after"), received_[4].text);
    }
    void a_receiver_of_trains_gets_every_byte_with_its_borders() {
        open_pair({.receive_trains = true});
        const std::string train = pattern(0, 20 * 1000 + 3);
        send(to_b(train, 1000));
        receive_until([&] { return texts().size() >= 21; });
        CPPUNIT_ASSERT(texts() == cut(train, 1000));
    }
    void expect_marks() {
        const std::array batch{to_b("0", 0, Ecn::not_ect), to_b("1", 0, Ecn::ect1),
                               to_b("2", 0, Ecn::ect0), to_b("3", 0, Ecn::ce),
                               to_b("45", 1, Ecn::ect0)};
        send(batch);
        receive_count(6);
        const Ecn marks[] = {Ecn::not_ect, Ecn::ect1, Ecn::ect0, Ecn::ce, Ecn::ect0, Ecn::ect0};
        for (std::size_t i = 0; i < 6; ++i) CPPUNIT_ASSERT(marks[i] == received_[i].ecn);
    }
    void congestion_marks_arrive() {
        open_pair();
        expect_marks();
    }
    void congestion_marks_arrive_over_ipv6() {
        open_pair_v6();
        expect_marks();
    }
    void readable_comes_each_turn_until_all_is_received() {
        open_pair();
        int calls = 0;
        b_->set_callbacks({.readable = [&] { ++calls; }, .writable = {}});
        b_->set_interest(Interest::read);
        send(to_b("hello"));
        run_until([&] { return calls >= 3; });
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, receive(*b_, 4));
        const int before = calls;
        settle();
        CPPUNIT_ASSERT(calls <= before + 1);  // one may have been under way
        const int then = calls;
        settle();
        CPPUNIT_ASSERT_EQUAL(then, calls);
    }
    void writable_comes_while_it_is_wanted() {
        open_pair();
        int calls = 0;
        a_->set_callbacks({.readable = {}, .writable = [&] { ++calls; }});
        a_->set_interest(Interest::write);
        run_until([&] { return calls >= 3; });
        a_->set_interest(Interest::none);
        const int before = calls;
        settle();
        CPPUNIT_ASSERT_EQUAL(before, calls);
    }
    void nothing_is_told_that_is_not_wanted() {
        open_pair();
        int calls = 0;
        b_->set_callbacks({.readable = [&] { ++calls; }, .writable = [&] { ++calls; }});
        send(to_b("hello"));
        settle();
        CPPUNIT_ASSERT_EQUAL(0, calls);
    }
    void sending_to_a_port_that_nobody_has_is_no_error() {
        open_pair();
        const Endpoint gone = b_->local();
        b_ = open(harness_.any_port());
        for (int i = 0; i < 3; ++i) {
            const std::array batch{OutDatagram{.to = gone, .payload = as_bytes("into the void")},
                                   to_b("through")};
            send(batch);
            settle();
        }
        receive_count(3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, receive(*a_, 4));
    }
    void a_callback_may_destroy_the_socket() {
        open_pair();
        auto held = std::make_shared<int>(7);
        int seen = 0;
        b_->set_callbacks({.readable =
                               [&, held] {
                                   b_.reset();
                                   seen += *held;  // the callback is whole until it returns
                               },
                           .writable = [] { CPPUNIT_FAIL("it is gone"); }});
        send(to_b("hello"));
        settle();
        b_->set_interest(Interest::both);
        b_->set_interest(Interest::read);
        run_until([&] { return seen != 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(7, seen);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void a_callback_that_throws_is_reported_and_called_again() {
        open_pair();
        b_->set_callbacks(
            {.readable = [] { throw std::runtime_error("on purpose"); }, .writable = {}});
        b_->set_interest(Interest::read);
        send(to_b("hello"));
        run_until([&] { return harness_.faults() >= 2; });
    }
    void a_taken_port_is_a_network_error() {
        open_pair();
        const auto second = connector().open_datagram(loop(), a_->local(), {});
        CPPUNIT_ASSERT(!second.ok());
        expect(ErrorCode::network, second.error());
    }
};

}  // namespace gantry::testing::conformance

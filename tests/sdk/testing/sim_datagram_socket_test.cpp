#include "sim_pair.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>

using namespace gantry;
using namespace std::chrono_literals;
using testing::SimOptions;

namespace {

// A socket on each host of a pair.
struct Sockets : SimPair {
    explicit Sockets(const SimOptions& options = {}, DatagramOptions at_server = {},
                     DatagramOptions at_client = {})
        : SimPair(7, options) {
        a = client.open_datagram(client_loop, {network.address("client"), 0}, at_client).value();
        b = server.open_datagram(server_loop, {network.address("server"), 0}, at_server).value();
    }
    void send(std::string_view text, std::uint16_t segment = 0, Ecn ecn = Ecn::not_ect) {
        const OutDatagram out{b->local(), as_bytes(text), segment, ecn};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, a->send(std::span(&out, 1)).value());
    }
    struct Got {
        std::string text;
        InDatagram slot;
    };
    std::vector<Got> receive(std::size_t room = 2000) {
        std::vector<Got> all;
        while (true) {
            std::vector<std::byte> buffer(room);
            InDatagram slot{.buffer = buffer};
            if (b->receive(std::span(&slot, 1)).value() == 0) return all;
            all.push_back({std::string(as_text(ByteView(buffer).first(slot.size))), slot});
        }
    }
    std::unique_ptr<DatagramSocket> a;
    std::unique_ptr<DatagramSocket> b;
};

class SimDatagramSocketTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SimDatagramSocketTest);
    CPPUNIT_TEST(carries_datagrams_whole_with_their_sender);
    CPPUNIT_TEST(splits_a_train_and_joins_it_when_asked);
    CPPUNIT_TEST(cuts_what_does_not_fit_and_says_so);
    CPPUNIT_TEST(tells_readable_while_datagrams_wait);
    CPPUNIT_TEST(drops_what_its_buffer_does_not_hold);
    CPPUNIT_TEST(a_closed_port_is_no_error);
    CPPUNIT_TEST(loses_repeats_reorders_and_corrupts);
    CPPUNIT_TEST(marks_ect_and_leaves_the_rest);
    CPPUNIT_TEST(a_long_datagram_that_may_not_be_split_is_lost);
    CPPUNIT_TEST(refuses_what_no_datagram_can_be);
    CPPUNIT_TEST(a_batch_may_be_taken_in_part);
    CPPUNIT_TEST_SUITE_END();

    void carries_datagrams_whole_with_their_sender() {
        Sockets pair;
        pair.send("one");
        pair.send("");
        pair.send("three", 0, Ecn::ect0);
        CPPUNIT_ASSERT(pair.receive().empty());
        pair.clock.run_for(1ms);
        const auto got = pair.receive();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, got.size());
        CPPUNIT_ASSERT_EQUAL(std::string("one"), got[0].text);
        CPPUNIT_ASSERT_EQUAL(std::string(), got[1].text);
        CPPUNIT_ASSERT(got[2].slot.ecn == Ecn::ect0);
        CPPUNIT_ASSERT(got[2].slot.from == pair.a->local());
        CPPUNIT_ASSERT(!got[2].slot.truncated);
    }
    void splits_a_train_and_joins_it_when_asked() {
        Sockets plain;
        plain.send("aaabbbcc", 3);
        plain.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, plain.receive().size());

        SimOptions whole;
        whole.split_io = false;
        Sockets joining(whole, {.receive_trains = true});
        joining.send("aaabbbcc", 3);
        joining.send("dd");
        joining.clock.run_for(1s);
        const auto got = joining.receive();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, got.size());
        CPPUNIT_ASSERT_EQUAL(std::string("aaabbbcc"), got[0].text);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{3}, got[0].slot.segment);
        CPPUNIT_ASSERT_EQUAL(std::uint16_t{0}, got[1].slot.segment);
    }
    void cuts_what_does_not_fit_and_says_so() {
        Sockets pair;
        pair.send("0123456789");
        pair.clock.run_for(1s);
        const auto got = pair.receive(4);
        CPPUNIT_ASSERT_EQUAL(std::string("0123"), got.at(0).text);
        CPPUNIT_ASSERT(got[0].slot.truncated);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, got.size());
    }
    void tells_readable_while_datagrams_wait() {
        Sockets pair;
        int told = 0;
        pair.b->set_callbacks({[&] { ++told; }, {}});
        pair.b->set_interest(Interest::read);
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(0, told);
        pair.send("x");
        CPPUNIT_ASSERT(pair.run([&] { return told == 3; }));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pair.receive().size());
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(3, told);
    }
    void drops_what_its_buffer_does_not_hold() {
        Sockets pair({}, {.receive_buffer = ByteCount{2500}});
        for (int i = 0; i < 5; ++i) pair.send(std::string(1000, 'x'));
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, pair.receive().size());
    }
    void a_closed_port_is_no_error() {
        Sockets pair;
        const OutDatagram out{{pair.network.address("server"), 9}, as_bytes("x")};
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(pair.a->send(std::span(&out, 1)).ok());
            pair.clock.run_for(1s);
        }
    }
    void loses_repeats_reorders_and_corrupts() {
        SimOptions options;
        options.link.loss = 0.1;
        options.link.duplicate = 0.1;
        options.link.reorder = 0.1;
        options.link.corrupt = 0.1;
        Sockets pair(options);
        constexpr int kCount = 1000;
        for (int i = 0; i < kCount; ++i) {
            pair.send("datagram " + std::to_string(i));
            pair.clock.run_for(100us);
        }
        pair.clock.run_for(1s);
        std::multiset<std::string> whole;
        int corrupted = 0;
        int late = 0;
        int last = -1;
        for (const auto& got : pair.receive()) {
            const std::string number = got.text.substr(std::min<std::size_t>(9, got.text.size()));
            const bool intact =
                got.text.rfind("datagram ", 0) == 0 && !number.empty() &&
                std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
            if (!intact) {
                ++corrupted;
                continue;
            }
            whole.insert(got.text);
            late += std::stoi(number) < last ? 1 : 0;
            last = std::stoi(number);
        }
        const std::set<std::string> once(whole.begin(), whole.end());
        CPPUNIT_ASSERT(once.size() > 700 && once.size() < 900);
        CPPUNIT_ASSERT(whole.size() > once.size() + 40);
        CPPUNIT_ASSERT(corrupted > 40 && late > 40);
    }
    void marks_ect_and_leaves_the_rest() {
        SimOptions options;
        options.link.rate = BytesPerSecond{100'000};
        options.link.mark_above = ByteCount{1};
        Sockets pair(options);
        pair.send("first", 0, Ecn::ect0);
        pair.send("second", 0, Ecn::ect0);
        pair.send("third");
        pair.clock.run_for(1s);
        const auto got = pair.receive();
        CPPUNIT_ASSERT(got.at(0).slot.ecn == Ecn::ect0);
        CPPUNIT_ASSERT(got.at(1).slot.ecn == Ecn::ce);
        CPPUNIT_ASSERT(got.at(2).slot.ecn == Ecn::not_ect);
    }
    void a_long_datagram_that_may_not_be_split_is_lost() {
        Sockets pair({}, {}, {.forbid_fragments = true});
        pair.send(std::string(1472, 'x'));
        pair.send(std::string(1473, 'x'));
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pair.receive().size());
        Sockets splitting;
        splitting.send(std::string(1473, 'x'));
        splitting.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, splitting.receive().size());
    }
    void refuses_what_no_datagram_can_be() {
        Sockets pair;
        const std::string huge(65508, 'x');
        const OutDatagram too_long{pair.b->local(), as_bytes(huge)};
        CPPUNIT_ASSERT(pair.a->send(std::span(&too_long, 1)).error().code == ErrorCode::usage);
        const OutDatagram batch[] = {{pair.b->local(), as_bytes("x")}, too_long};
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, pair.a->send(batch).value());
    }
    void a_batch_may_be_taken_in_part() {
        Sockets pair;
        const std::vector<OutDatagram> batch(32, {pair.b->local(), as_bytes("x")});
        std::size_t sent = 0;
        bool partial = false;
        for (int i = 0; i < 100; ++i) {
            const auto went = pair.a->send(batch).value();
            CPPUNIT_ASSERT(went > 0);
            partial = partial || went < batch.size();
            sent += went;
        }
        CPPUNIT_ASSERT(partial);
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(sent, pair.receive().size());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimDatagramSocketTest);

}  // namespace

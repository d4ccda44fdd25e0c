#include "sim_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace std::chrono_literals;

namespace {

class SimStreamTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SimStreamTest);
    CPPUNIT_TEST(carries_text_whole_and_in_order_in_many_parts);
    CPPUNIT_TEST(carries_both_directions_after_a_half_close);
    CPPUNIT_TEST(holds_the_writer_when_nobody_reads);
    CPPUNIT_TEST(loss_costs_time_and_no_bytes);
    CPPUNIT_TEST(keeps_to_the_rate_of_the_link);
    CPPUNIT_TEST(abort_fails_the_peer_once);
    CPPUNIT_TEST(a_destroyed_end_still_sends_what_it_accepted);
    CPPUNIT_TEST(an_end_destroyed_with_bytes_unread_resets_the_peer);
    CPPUNIT_TEST(writing_to_an_end_that_is_gone_fails);
    CPPUNIT_TEST(a_cut_cable_times_data_out);
    CPPUNIT_TEST(a_mended_cable_goes_on);
    CPPUNIT_TEST(a_reset_by_the_test_fails_both_ends);
    CPPUNIT_TEST(tells_readable_each_turn_while_bytes_wait);
    CPPUNIT_TEST(an_ignored_notification_does_not_hold_time);
    CPPUNIT_TEST(a_callback_may_destroy_its_stream);
    CPPUNIT_TEST_SUITE_END();

    static Result<std::size_t> write(Stream& to, std::string_view text) {
        const ByteView bytes = as_bytes(text);
        return to.write(std::span(&bytes, 1));
    }

    void carries_text_whole_and_in_order_in_many_parts() {
        SimPair pair;
        pair.connect();
        const auto text = numbered_text(300'000);
        Reader reader;
        Writer writer;
        reader.start(*pair.accepted);
        writer.start(*pair.connected, text);
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        CPPUNIT_ASSERT(reader.text == text);
        CPPUNIT_ASSERT(reader.reads > 100);
        CPPUNIT_ASSERT_EQUAL(std::string("10.0.0.1"), pair.accepted->peer().address.to_string());
    }
    void carries_both_directions_after_a_half_close() {
        SimPair pair;
        pair.connect();
        Reader at_server;
        at_server.start(*pair.accepted);
        CPPUNIT_ASSERT(pair.connected->finish_writing().ok());
        CPPUNIT_ASSERT(!write(*pair.connected, "late").ok());
        CPPUNIT_ASSERT(pair.run([&] { return at_server.ended; }));
        Reader at_client;
        Writer writer;
        at_client.start(*pair.connected);
        writer.start(*pair.accepted, "answer");
        CPPUNIT_ASSERT(pair.run([&] { return at_client.ended; }));
        CPPUNIT_ASSERT_EQUAL(std::string("answer"), at_client.text);
    }
    void holds_the_writer_when_nobody_reads() {
        SimPair pair;
        pair.connect();
        const std::string block(10'000, 'x');
        std::size_t total = 0;
        for (int idle = 0; idle < 3;) {
            const auto went = write(*pair.connected, block).value();
            total += went;
            idle = went == 0 ? idle + 1 : 0;
            pair.clock.run_for(1s);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{2 * 64 * 1024}, total);
        Reader reader;
        reader.start(*pair.accepted);
        bool room = false;
        pair.connected->set_callbacks({{}, [&] { room = true; }, {}});
        pair.connected->set_interest(Interest::write);
        CPPUNIT_ASSERT(pair.run([&] { return room && reader.text.size() == total; }));
    }
    void loss_costs_time_and_no_bytes() {
        testing::SimOptions options;
        options.link.loss = 0.2;
        options.link.reorder = 0.2;
        SimPair pair(3, options);
        pair.connect();
        const TimePoint start = pair.clock.now();
        Reader reader;
        Writer writer;
        const auto text = numbered_text(200'000);
        reader.start(*pair.accepted);
        writer.start(*pair.connected, text);
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        CPPUNIT_ASSERT(reader.text == text);
        CPPUNIT_ASSERT(pair.clock.now() - start > 200ms);
    }
    void keeps_to_the_rate_of_the_link() {
        testing::SimOptions options;
        options.link.rate = BytesPerSecond{100'000};
        options.link.queue = ByteCount{20'000};
        SimPair pair(3, options);
        pair.connect();
        const TimePoint start = pair.clock.now();
        Reader reader;
        Writer writer;
        reader.start(*pair.accepted);
        writer.start(*pair.connected, numbered_text(500'000));
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        const auto took = pair.clock.now() - start;
        CPPUNIT_ASSERT(took > 5s && took < 6s);
    }
    void abort_fails_the_peer_once() {
        SimPair pair;
        pair.connect();
        Reader reader;
        reader.start(*pair.accepted);
        bool called = false;
        pair.connected->set_callbacks({[&] { called = true; }, {}, [&](Error) { called = true; }});
        pair.connected->abort();
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(1, reader.failures);
        CPPUNIT_ASSERT(reader.failed->code == ErrorCode::network);
        CPPUNIT_ASSERT(!called);
        std::byte byte;
        CPPUNIT_ASSERT(!pair.accepted->read(std::span(&byte, 1)).ok());
        CPPUNIT_ASSERT(!write(*pair.connected, "x").ok());
    }
    void a_destroyed_end_still_sends_what_it_accepted() {
        SimPair pair;
        pair.connect();
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, write(*pair.connected, "hello").value() +
                                                 write(*pair.connected, "").value());
        pair.connected.reset();
        Reader reader;
        reader.start(*pair.accepted);
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        CPPUNIT_ASSERT_EQUAL(std::string("hello"), reader.text);
    }
    void an_end_destroyed_with_bytes_unread_resets_the_peer() {
        SimPair pair;
        pair.connect();
        CPPUNIT_ASSERT(write(*pair.connected, "hello").ok());
        pair.clock.run_for(1s);
        Reader reader;
        reader.start(*pair.connected);
        pair.accepted.reset();
        CPPUNIT_ASSERT(pair.run([&] { return reader.failed.has_value(); }));
    }
    void writing_to_an_end_that_is_gone_fails() {
        SimPair pair;
        pair.connect();
        pair.accepted.reset();
        Reader reader;
        reader.start(*pair.connected);
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        CPPUNIT_ASSERT(write(*pair.connected, "x").ok());
        CPPUNIT_ASSERT(pair.run([&] { return reader.failed.has_value(); }));
        CPPUNIT_ASSERT_EQUAL(1, reader.failures);
    }
    void a_cut_cable_times_data_out() {
        SimPair pair;
        pair.connect();
        pair.network.cut("client", "server");
        Reader reader;
        reader.start(*pair.connected);
        CPPUNIT_ASSERT(write(*pair.connected, "x").ok());
        pair.clock.run_for(30s);
        CPPUNIT_ASSERT(!reader.failed);
        CPPUNIT_ASSERT(pair.run([&] { return reader.failed.has_value(); }));
        CPPUNIT_ASSERT(reader.failed->code == ErrorCode::timeout);
    }
    void a_mended_cable_goes_on() {
        SimPair pair;
        pair.connect();
        Reader reader;
        Writer writer;
        const auto text = numbered_text(200'000);
        reader.start(*pair.accepted);
        writer.start(*pair.connected, text);
        CPPUNIT_ASSERT(pair.run([&] { return reader.text.size() > 50'000; }));
        pair.network.cut("server", "client");
        pair.clock.run_for(20s);
        CPPUNIT_ASSERT(!reader.ended && !reader.failed);
        pair.network.mend("client", "server");
        CPPUNIT_ASSERT(pair.run([&] { return reader.ended; }));
        CPPUNIT_ASSERT(reader.text == text);
    }
    void a_reset_by_the_test_fails_both_ends() {
        SimPair pair;
        pair.connect();
        Reader a;
        Reader b;
        a.start(*pair.accepted);
        b.start(*pair.connected);
        pair.network.reset_streams("server", "client");
        pair.clock.run_ready();
        CPPUNIT_ASSERT(a.failed && b.failed);
    }
    void tells_readable_each_turn_while_bytes_wait() {
        SimPair pair;
        pair.connect();
        CPPUNIT_ASSERT(write(*pair.connected, "x").ok());
        int told = 0;
        pair.accepted->set_callbacks({[&] { ++told; }, {}, {}});
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(0, told);
        pair.accepted->set_interest(Interest::read);
        CPPUNIT_ASSERT(pair.run([&] { return told == 5; }));
        pair.accepted->set_interest(Interest::none);
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(5, told);
    }
    void an_ignored_notification_does_not_hold_time() {
        SimPair pair;
        pair.connect();
        int told = 0;
        pair.connected->set_callbacks({{}, [&] { ++told; }, {}});
        pair.connected->set_interest(Interest::write);
        pair.clock.run_for(10s);
        CPPUNIT_ASSERT(told > 5000 && told < 20'000);
    }
    void a_callback_may_destroy_its_stream() {
        SimPair pair;
        pair.connect();
        const auto held = std::make_shared<int>(0);
        pair.accepted->set_callbacks({[&pair, held] {
                                          pair.accepted.reset();
                                          ++*held;
                                      },
                                      {},
                                      {}});
        pair.accepted->set_interest(Interest::both);
        CPPUNIT_ASSERT(write(*pair.connected, "x").ok());
        pair.clock.run_for(1s);
        CPPUNIT_ASSERT_EQUAL(1, *held);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SimStreamTest);

}  // namespace

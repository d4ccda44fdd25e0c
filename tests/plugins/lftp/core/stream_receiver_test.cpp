#include "packet_probe.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/stream_receiver.h>

using namespace gantry;
using namespace gantry::lftp;

class StreamReceiverTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamReceiverTest);
    CPPUNIT_TEST(tells_once_that_there_is_something_to_read);
    CPPUNIT_TEST(refuses_more_bytes_than_the_connection_takes);
    CPPUNIT_TEST(refuses_streams_that_may_not_be);
    CPPUNIT_TEST(gives_credit_again_when_half_was_read);
    CPPUNIT_TEST(makes_room_behind_a_gap_but_not_for_a_slow_reader);
    CPPUNIT_TEST(answers_who_is_blocked_by_an_old_limit);
    CPPUNIT_TEST(a_reset_gives_its_credit_back_and_is_told);
    CPPUNIT_TEST(resets_what_the_peer_wants_no_more_of);
    CPPUNIT_TEST(passes_credit_of_the_peer_on);
    CPPUNIT_TEST(asks_for_no_more_and_gives_credit_for_streams_that_are_over);
    CPPUNIT_TEST_SUITE_END();

    StreamTable table_{Side::client, {6000, 1000, 1000, 0}, 4};
    StreamSender sender_{table_};
    StreamReceiver receiver_{table_, sender_, 1000, 1000};

    // What is told after this much has come at that offset.
    static std::string told_after(std::uint64_t offset, std::size_t size) {
        StreamTable table(Side::client, {6000, 1000, 8000, 0}, 4);
        StreamSender sender(table);
        StreamReceiver receiver(table, sender, 1000, 8000);
        (void)receiver.on_stream({StreamId(1), offset, false, std::vector<std::byte>(size)});
        PacketProbe probe;
        receiver.write_credit(probe.builder());
        sender.write_control(probe.builder());
        return probe.frames();
    }
    TransportError data(std::uint64_t id, std::uint64_t offset, std::string_view text) {
        return receiver_.on_stream({StreamId(id), offset, false, as_bytes(text)}).error;
    }
    std::string read(std::uint64_t id, std::size_t count = 100) {
        std::vector<std::byte> into(count);
        into.resize(receiver_.read(*table_.find(StreamId(id)), into, TimePoint(), Duration()));
        return std::string(as_text(into));
    }
    std::string events() {
        const std::array<std::string, 4> names{"opened", "readable", "writable", "stopped"};
        std::string out;
        while (const auto event = table_.poll_event())
            out += names[static_cast<std::size_t>(event->kind)] + ' ' +
                   std::to_string(event->stream.value()) + ' ';
        return out;
    }
    std::string packet() {
        PacketProbe probe;
        receiver_.write_credit(probe.builder());
        sender_.write_control(probe.builder());
        return probe.frames();
    }

  public:
    void tells_once_that_there_is_something_to_read() {
        CPPUNIT_ASSERT(data(1, 0, "abc") == TransportError::no_error);
        (void)data(1, 3, "def");
        CPPUNIT_ASSERT_EQUAL(std::string("opened 1 readable 1 "), events());
        CPPUNIT_ASSERT_EQUAL(std::string("abcdef"), read(1));
        (void)data(1, 6, "g");
        CPPUNIT_ASSERT_EQUAL(std::string("readable 1 "), events());
    }
    void refuses_more_bytes_than_the_connection_takes() {
        const std::string text(900, 'x');
        CPPUNIT_ASSERT(data(1, 0, text) == TransportError::no_error);
        CPPUNIT_ASSERT(data(3, 0, text) == TransportError::flow_control);
    }
    void refuses_streams_that_may_not_be() {
        CPPUNIT_ASSERT(data(0, 0, "x") == TransportError::stream_state);
        CPPUNIT_ASSERT(data(99, 0, "x") == TransportError::stream_limit);
        CPPUNIT_ASSERT(receiver_.on_credit({FrameType::max_stream_data, StreamId(99), 5}).error ==
                       TransportError::stream_limit);
        CPPUNIT_ASSERT(receiver_.on_stop({StreamId(4), 5}).error == TransportError::stream_state);
        CPPUNIT_ASSERT(receiver_.on_reset({StreamId(4), 5, 6}).error ==
                       TransportError::stream_state);
    }
    void gives_credit_again_when_half_was_read() {
        (void)data(1, 0, std::string(600, 'x'));
        CPPUNIT_ASSERT(!receiver_.credit_ready());
        (void)read(1, 600);
        CPPUNIT_ASSERT_EQUAL(std::string("credit 16 0 1600\ncredit 17 1 1600\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string(), packet());
        receiver_.on_lost({FrameType::max_data, false, 0, {}, 1600});
        CPPUNIT_ASSERT_EQUAL(std::string("credit 16 0 1600\n"), packet());
    }
    void makes_room_behind_a_gap_but_not_for_a_slow_reader() {
        CPPUNIT_ASSERT_EQUAL(std::string("credit 16 0 2000\ncredit 17 1 2000\n"),
                             told_after(100, 500));
        CPPUNIT_ASSERT_EQUAL(std::string(), told_after(0, 900));
        CPPUNIT_ASSERT_EQUAL(std::string(), told_after(100, 300));
    }
    void answers_who_is_blocked_by_an_old_limit() {
        (void)data(1, 0, "x");
        (void)receiver_.on_credit({FrameType::data_blocked, {}, 1000});
        CPPUNIT_ASSERT_EQUAL(std::string(), packet());
        (void)receiver_.on_credit({FrameType::data_blocked, {}, 900});
        (void)receiver_.on_credit({FrameType::stream_data_blocked, StreamId(1), 900});
        CPPUNIT_ASSERT_EQUAL(std::string("credit 16 0 1000\ncredit 17 1 1000\n"), packet());
    }
    void a_reset_gives_its_credit_back_and_is_told() {
        (void)data(1, 0, std::string(100, 'x'));
        (void)events();
        CPPUNIT_ASSERT(receiver_.on_reset({StreamId(1), 42, 700}).error ==
                       TransportError::no_error);
        CPPUNIT_ASSERT_EQUAL(std::string("readable 1 "), events());
        CPPUNIT_ASSERT(table_.find(StreamId(1))->receive.reset_code() == 42U);
        CPPUNIT_ASSERT_EQUAL(std::string("credit 16 0 1700\n"), packet());
    }
    void resets_what_the_peer_wants_no_more_of() {
        (void)data(1, 0, "x");
        (void)events();
        DuplexStream& stream = *table_.find(StreamId(1));
        (void)stream.send.write(as_bytes("answer"));
        (void)receiver_.on_stop({StreamId(1), 7});
        (void)receiver_.on_stop({StreamId(1), 7});
        CPPUNIT_ASSERT_EQUAL(std::string("stopped 1 "), events());
        CPPUNIT_ASSERT_EQUAL(std::string("reset 1 7 0\n"), packet());
    }
    void passes_credit_of_the_peer_on() {
        (void)data(1, 0, "x");
        (void)receiver_.on_credit({FrameType::max_data, {}, 5000});
        (void)receiver_.on_credit({FrameType::max_stream_data, StreamId(1), 6000});
        (void)receiver_.on_credit({FrameType::max_streams, {}, 3});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5000}, sender_.credit().limit());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6000}, table_.find(StreamId(1))->credit.limit());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, table_.credit().limit());
    }
    void asks_for_no_more_and_gives_credit_for_streams_that_are_over() {
        for (const std::uint64_t id : {1U, 3U}) {
            (void)data(id, 0, "x");
            receiver_.stop(*table_.find(StreamId(id)), 5);
            (void)receiver_.on_reset({StreamId(id), 5, 1});
            DuplexStream& stream = *table_.find(StreamId(id));
            (void)stream.send.reset();
            stream.reset_acked = true;
            std::array<std::byte, 8> into{};
            (void)receiver_.read(stream, into, {}, {});
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, table_.size());
        CPPUNIT_ASSERT_EQUAL(std::string("credit 18 0 6\n"), packet());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamReceiverTest);

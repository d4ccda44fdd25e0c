#include "packet_probe.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/stream_sender.h>

using namespace gantry;
using namespace gantry::lftp;

class StreamSenderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamSenderTest);
    CPPUNIT_TEST(fills_a_packet_with_the_bytes_of_a_stream);
    CPPUNIT_TEST(streams_take_turns);
    CPPUNIT_TEST(small_streams_share_a_packet);
    CPPUNIT_TEST(stays_within_the_credit_of_all_and_of_one);
    CPPUNIT_TEST(uses_a_scrap_of_credit_when_nothing_is_on_its_way);
    CPPUNIT_TEST(sends_again_what_was_lost_without_using_credit);
    CPPUNIT_TEST(tells_of_room_after_a_write_that_was_cut_short);
    CPPUNIT_TEST(knows_whether_a_writer_has_more);
    CPPUNIT_TEST(resets_and_stops_until_that_was_acknowledged);
    CPPUNIT_TEST_SUITE_END();

    StreamTable table_{Side::client, {6000, 1000, 1000, 0}, 4};
    StreamSender sender_{table_};

  public:
    void setUp() override {
        table_.set_peer_limits(100, 1'000'000);
        sender_.credit() = SendCredit(1'000'000);
    }

  private:
    DuplexStream& open() { return *table_.find(table_.open_stream().value()); }
    void write(DuplexStream& stream, std::size_t size) {
        CPPUNIT_ASSERT_EQUAL(size, stream.send.write(std::vector<std::byte>(size)));
        sender_.wake(stream);
    }
    std::string packet() {
        PacketProbe probe;
        (void)sender_.data_ready();
        sender_.write_control(probe.builder());
        if (probe.builder().empty()) sender_.write_data(probe.builder());
        return probe.frames();
    }

  public:
    void fills_a_packet_with_the_bytes_of_a_stream() {
        write(open(), 3000);
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 0+1198\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 1198+1196\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 2394+606\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string(), packet());
    }
    void streams_take_turns() {
        write(open(), 3000);
        write(open(), 3000);
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 0+1198\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string("stream 2 0+1198\n"), packet());
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 1198+1196\n"), packet());
    }
    void small_streams_share_a_packet() {
        for (int i = 0; i < 3; ++i) {
            DuplexStream& stream = open();
            write(stream, 100);
            stream.send.finish();
        }
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 0+100.\nstream 2 0+100.\nstream 4 0+100.\n"),
                             packet());
    }
    void stays_within_the_credit_of_all_and_of_one() {
        sender_.credit() = SendCredit(1198);
        write(open(), 3000);
        (void)packet();
        CPPUNIT_ASSERT_EQUAL(std::string("credit 20 0 1198\n"), packet());
        CPPUNIT_ASSERT(sender_.blocked() && !sender_.data_ready());
        sender_.credit().raise(10'000);
        sender_.wake_all();
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 1198+1196\n"), packet());
        DuplexStream& small = open();
        small.credit = SendCredit(50);
        write(small, 100);
        (void)packet();
        CPPUNIT_ASSERT_EQUAL(std::string("credit 21 2 50\n"), packet());
    }
    void uses_a_scrap_of_credit_when_nothing_is_on_its_way() {
        sender_.credit() = SendCredit(50);
        write(open(), 3000);
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 0+50\n"), packet());
        sender_.credit().raise(100);
        sender_.wake_all();
        CPPUNIT_ASSERT(!sender_.data_ready());
        sender_.on_acked({FrameType::stream, false, 50, StreamId(0), 0});
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 50+50\n"), packet());
    }
    void sends_again_what_was_lost_without_using_credit() {
        sender_.credit() = SendCredit(1198);
        write(open(), 3000);
        PacketProbe first;
        sender_.write_data(first.builder());
        for (const auto& frame : first.record().frames()) sender_.on_lost(frame);
        CPPUNIT_ASSERT(sender_.data_ready());
        CPPUNIT_ASSERT_EQUAL(std::string("stream 0 0+1198\n"), packet().substr(0, 16));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1198}, sender_.credit().used());
    }
    void tells_of_room_after_a_write_that_was_cut_short() {
        DuplexStream& stream = open();
        write(stream, 6000);
        stream.wants_room = true;
        PacketProbe first;
        sender_.write_data(first.builder());
        for (const auto& frame : first.record().frames()) sender_.on_acked(frame);
        CPPUNIT_ASSERT(
            (table_.poll_event() == StreamEvent{StreamEvent::Kind::writable, StreamId(0)}));
        CPPUNIT_ASSERT(!table_.poll_event());
    }
    void knows_whether_a_writer_has_more() {
        DuplexStream& stream = open();
        CPPUNIT_ASSERT(!sender_.writer_waits());
        stream.writer_waits = true;
        CPPUNIT_ASSERT(sender_.writer_waits());
    }
    void resets_and_stops_until_that_was_acknowledged() {
        DuplexStream& stream = open();
        write(stream, 10);
        (void)stream.send.reset();
        stream.reset_code = 9;
        stream.stop_code = 8;
        stream.reset_due = stream.stop_due = true;
        sender_.wake_control(stream);
        PacketProbe first;
        sender_.write_control(first.builder());
        CPPUNIT_ASSERT_EQUAL(std::string("reset 0 9 0\n"), first.frames());
        CPPUNIT_ASSERT_EQUAL(std::string("stop 0 8\n"), packet());
        for (const auto& frame : first.record().frames()) sender_.on_lost(frame);
        CPPUNIT_ASSERT_EQUAL(std::string("reset 0 9 0\n"), packet());
        sender_.on_acked(first.record().frames()[0]);
        CPPUNIT_ASSERT(stream.reset_acked);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamSenderTest);

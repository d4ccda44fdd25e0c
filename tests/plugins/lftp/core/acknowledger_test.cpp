#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/acknowledger.h>
#include <array>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;

}  // namespace

class AcknowledgerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AcknowledgerTest);
    CPPUNIT_TEST(acknowledges_the_tenth_packet_at_once);
    CPPUNIT_TEST(acknowledges_a_few_after_the_delay);
    CPPUNIT_TEST(acknowledges_a_gap_once_and_what_fills_it);
    CPPUNIT_TEST(waits_for_a_wider_gap_where_it_is_asked_to);
    CPPUNIT_TEST(does_not_hurry_for_a_gap_where_it_is_asked_not_to);
    CPPUNIT_TEST(tells_at_once_of_the_first_mark);
    CPPUNIT_TEST(never_acknowledges_by_itself_what_does_not_count);
    CPPUNIT_TEST(hurries_when_it_is_asked_to);
    CPPUNIT_TEST(says_how_long_ago_the_largest_came);
    CPPUNIT_TEST(writes_nothing_without_room_or_without_packets);
    CPPUNIT_TEST_SUITE_END();

    Acknowledger acks_;
    TimePoint now_{};
    Duration delay_{0};
    void come(std::uint64_t n, bool counts = true, EcnMark mark = EcnMark::none) {
        acks_.on_packet(PacketNumber(n), counts, mark, now_);
    }
    std::string write() {
        std::array<std::byte, 512> buffer{};
        ByteWriter writer(buffer);
        CPPUNIT_ASSERT(acks_.write(writer, now_, buffer.size()));
        PacketReader reader(writer.written().subspan(1));
        const auto ack = AckFrame::decode(reader, static_cast<FrameType>(buffer[0]));
        CPPUNIT_ASSERT(reader.done() && !reader.failed());
        delay_ = ack.delay();
        std::string out;
        auto ranges = ack.ranges();
        while (const auto r = ranges.next())
            out += std::to_string(r->first.value()) + '-' + std::to_string(r->last.value()) + ' ';
        return out;
    }

  public:
    void acknowledges_the_tenth_packet_at_once() {
        for (std::uint64_t n = 0; n < 9; ++n) come(n);
        CPPUNIT_ASSERT(!acks_.due(now_));
        come(9);
        CPPUNIT_ASSERT(acks_.due(now_));
        CPPUNIT_ASSERT_EQUAL(std::string("0-9 "), write());
        CPPUNIT_ASSERT(!acks_.due(now_) && !acks_.has_news());
    }
    void acknowledges_a_few_after_the_delay() {
        come(0);
        now_ += milliseconds(10);
        come(1);
        CPPUNIT_ASSERT(acks_.deadline() == TimePoint(milliseconds(25)));
        CPPUNIT_ASSERT(!acks_.due(TimePoint(milliseconds(24))));
        CPPUNIT_ASSERT(acks_.due(TimePoint(milliseconds(25))));
    }
    void acknowledges_a_gap_once_and_what_fills_it() {
        come(0);
        come(2);
        CPPUNIT_ASSERT(acks_.due(now_));
        CPPUNIT_ASSERT_EQUAL(std::string("2-2 0-0 "), write());
        come(3);
        CPPUNIT_ASSERT(!acks_.due(now_));
        come(1);
        CPPUNIT_ASSERT(acks_.due(now_));
    }
    void waits_for_a_wider_gap_where_it_is_asked_to() {
        acks_.set_terms({10, milliseconds(25), 3});
        come(0);
        come(2);
        come(3);
        CPPUNIT_ASSERT(!acks_.due(now_));
        come(4);
        CPPUNIT_ASSERT(acks_.due(now_));
        (void)write();
        come(5);
        CPPUNIT_ASSERT(!acks_.due(now_));
    }
    void does_not_hurry_for_a_gap_where_it_is_asked_not_to() {
        acks_.set_terms({10, milliseconds(25), 0});
        come(0);
        come(4);
        come(2);
        CPPUNIT_ASSERT(!acks_.due(now_));
    }
    void tells_at_once_of_the_first_mark() {
        come(0, true, EcnMark::ect0);
        CPPUNIT_ASSERT(!acks_.due(now_));
        come(1, true, EcnMark::ce);
        CPPUNIT_ASSERT(acks_.due(now_));
        (void)write();
        come(2, true, EcnMark::ce);
        CPPUNIT_ASSERT(!acks_.due(now_));
        CPPUNIT_ASSERT(acks_.ecn() == (EcnCounts{1, 0, 2}));
        come(3, true, EcnMark::ect0);
        come(4, true, EcnMark::ce);
        CPPUNIT_ASSERT(acks_.due(now_));
    }
    void never_acknowledges_by_itself_what_does_not_count() {
        for (std::uint64_t n = 0; n < 40; n += 2) come(n, false);
        CPPUNIT_ASSERT(!acks_.due(now_ + std::chrono::hours(1)));
        CPPUNIT_ASSERT(acks_.has_news());
        come(41);
        CPPUNIT_ASSERT(acks_.due(now_));
    }
    void hurries_when_it_is_asked_to() {
        acks_.ask_at_once();
        CPPUNIT_ASSERT(!acks_.due(now_));
        come(0);
        acks_.ask_at_once();
        CPPUNIT_ASSERT(acks_.due(now_));
    }
    void says_how_long_ago_the_largest_came() {
        come(1);
        now_ += milliseconds(3);
        come(0);
        now_ += milliseconds(4);
        (void)write();
        CPPUNIT_ASSERT(delay_ == milliseconds(7));
    }
    void writes_nothing_without_room_or_without_packets() {
        std::array<std::byte, 64> buffer{};
        ByteWriter writer(buffer);
        CPPUNIT_ASSERT(!acks_.write(writer, now_, 64));
        come(0);
        CPPUNIT_ASSERT(!acks_.write(writer, now_, 3));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, writer.size());
        CPPUNIT_ASSERT(acks_.has_news());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(AcknowledgerTest);

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/core/limits.h>
#include <lftp/core/receive_stream.h>
#include <array>
#include <string>

using namespace gantry;
using namespace gantry::lftp;

class ReceiveStreamTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReceiveStreamTest);
    CPPUNIT_TEST(puts_bytes_in_order);
    CPPUNIT_TEST(tells_how_far_the_highest_offset_has_moved);
    CPPUNIT_TEST(ends_where_the_peer_says);
    CPPUNIT_TEST(refuses_an_end_that_moves);
    CPPUNIT_TEST(refuses_more_than_there_is_credit);
    CPPUNIT_TEST(drops_what_was_not_read_at_a_reset);
    CPPUNIT_TEST(a_reset_behind_the_whole_stream_changes_nothing);
    CPPUNIT_TEST(refuses_a_packet_that_would_make_too_many_gaps);
    CPPUNIT_TEST(takes_pieces_in_any_order_and_twice);
    CPPUNIT_TEST_SUITE_END();

    ReceiveStream stream_;
    ReceiveStream::Outcome data(std::uint64_t offset, std::string_view text, bool fin = false) {
        return stream_.on_data(offset, as_bytes(text), fin, 1000);
    }
    std::string read(std::size_t count) {
        std::vector<std::byte> into(count);
        into.resize(stream_.read(into));
        return std::string(as_text(into));
    }

  public:
    void puts_bytes_in_order() {
        (void)data(3, "def");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, stream_.available());
        (void)data(0, "abc");
        CPPUNIT_ASSERT_EQUAL(std::string("abcd"), read(4));
        (void)data(2, "cdefgh");
        CPPUNIT_ASSERT_EQUAL(std::string("efgh"), read(100));
    }
    void tells_how_far_the_highest_offset_has_moved() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, data(3, "def").grown);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, data(0, "abc").grown);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, data(5, "fg").grown);
    }
    void ends_where_the_peer_says() {
        (void)data(3, "de", true);
        CPPUNIT_ASSERT(stream_.knows_end() && !stream_.complete() && !stream_.at_end());
        (void)data(0, "abc");
        CPPUNIT_ASSERT(stream_.complete() && !stream_.at_end());
        (void)read(5);
        CPPUNIT_ASSERT(stream_.at_end());
        (void)data(5, "", true);
        CPPUNIT_ASSERT(stream_.at_end());
    }
    void refuses_an_end_that_moves() {
        (void)data(0, "abc", true);
        CPPUNIT_ASSERT(data(0, "ab", true).error == TransportError::final_size);
        CPPUNIT_ASSERT(data(2, "cd").error == TransportError::final_size);
        CPPUNIT_ASSERT(data(0, "abc", true).error == TransportError::no_error);
        CPPUNIT_ASSERT(stream_.on_reset(1, 4, 1000).error == TransportError::final_size);
        ReceiveStream other;
        (void)other.on_data(5, as_bytes("x"), false, 1000);
        CPPUNIT_ASSERT(other.on_data(0, as_bytes("ab"), true, 1000).error ==
                       TransportError::final_size);
    }
    void refuses_more_than_there_is_credit() {
        CPPUNIT_ASSERT(stream_.on_data(8, as_bytes("abc"), false, 10).error ==
                       TransportError::flow_control);
        CPPUNIT_ASSERT(stream_.on_data(8, as_bytes("ab"), false, 10).error ==
                       TransportError::no_error);
        CPPUNIT_ASSERT(stream_.on_reset(1, 11, 10).error == TransportError::flow_control);
    }
    void drops_what_was_not_read_at_a_reset() {
        (void)data(0, "abc");
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, stream_.on_reset(42, 10, 1000).grown);
        CPPUNIT_ASSERT(stream_.reset_code() == 42U && stream_.complete() && !stream_.at_end());
        CPPUNIT_ASSERT_EQUAL(std::string(), read(100));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, data(3, "def").grown);
    }
    void a_reset_behind_the_whole_stream_changes_nothing() {
        (void)data(0, "abc", true);
        (void)stream_.on_reset(42, 3, 1000);
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), read(100));
        CPPUNIT_ASSERT(stream_.at_end());
    }
    void refuses_a_packet_that_would_make_too_many_gaps() {
        const auto byte = as_bytes("x");
        for (std::uint64_t i = 0; i < limits::kMaxStreamGaps; ++i)
            CPPUNIT_ASSERT(!stream_.on_data(2 * i, byte, false, 1U << 30U).refused);
        const std::uint64_t end = 2 * limits::kMaxStreamGaps;
        CPPUNIT_ASSERT(stream_.on_data(end, byte, false, 1U << 30U).refused);
        CPPUNIT_ASSERT_EQUAL(end - 1, stream_.highest());
        CPPUNIT_ASSERT(!stream_.on_data(1, byte, false, 1U << 30U).refused);
        CPPUNIT_ASSERT(!stream_.on_data(end, byte, false, 1U << 30U).refused);
    }
    void takes_pieces_in_any_order_and_twice() {
        testing::SeededRandom random(5);
        const std::uint64_t origin = (std::uint64_t{1} << 40) - 1000;
        ReceiveStream stream(origin);
        std::vector<std::byte> sent(20'000);
        random.fill(sent);
        std::vector<std::byte> got;
        while (got.size() < sent.size()) {
            const std::uint64_t from = random.below(sent.size());
            const std::size_t count = std::min<std::size_t>(random.below(2000), sent.size() - from);
            const auto piece = ByteView(sent).subspan(from, count);
            const bool fin = from + count == sent.size();
            CPPUNIT_ASSERT(stream.on_data(origin + from, piece, fin, origin + sent.size()).error ==
                           TransportError::no_error);
            std::array<std::byte, 700> into{};
            const std::size_t n = stream.read(into);
            got.insert(got.end(), into.begin(), into.begin() + static_cast<std::ptrdiff_t>(n));
        }
        CPPUNIT_ASSERT(got == sent);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ReceiveStreamTest);

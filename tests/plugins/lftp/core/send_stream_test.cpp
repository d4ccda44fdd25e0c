#include <cppunit/extensions/HelperMacros.h>
#include <gantry/testing/seeded_random.h>
#include <lftp/core/send_stream.h>
#include <string>

using namespace gantry;
using namespace gantry::lftp;

class SendStreamTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendStreamTest);
    CPPUNIT_TEST(sends_what_is_written_in_order);
    CPPUNIT_TEST(stays_within_the_credit);
    CPPUNIT_TEST(sends_what_was_lost_first_whatever_the_credit);
    CPPUNIT_TEST(does_not_send_again_what_another_copy_brought);
    CPPUNIT_TEST(carries_its_end_with_the_last_bytes_or_alone);
    CPPUNIT_TEST(sends_a_lost_end_again);
    CPPUNIT_TEST(holds_no_more_than_its_room);
    CPPUNIT_TEST(holds_more_when_little_of_it_waits);
    CPPUNIT_TEST(keeps_nothing_after_a_reset);
    CPPUNIT_TEST(delivers_all_under_random_loss);
    CPPUNIT_TEST_SUITE_END();

    SendStream stream_{20};
    void write(std::string_view text) {
        CPPUNIT_ASSERT_EQUAL(text.size(), stream_.write(as_bytes(text)));
    }
    // "offset:bytes", with a period for the end.
    std::string next(std::size_t size, std::uint64_t limit = 1000) {
        const auto chunk = stream_.next(size, limit);
        if (!chunk) return "nothing";
        std::vector<std::byte> bytes(chunk->length);
        stream_.read(chunk->offset, bytes);
        return std::to_string(chunk->offset) + ':' + std::string(as_text(bytes)) +
               (chunk->fin ? "." : "");
    }

  public:
    void sends_what_is_written_in_order() {
        write("hello world");
        CPPUNIT_ASSERT_EQUAL(std::string("0:hello"), next(5));
        CPPUNIT_ASSERT_EQUAL(std::string("5: wor"), next(4));
        CPPUNIT_ASSERT_EQUAL(std::string("9:ld"), next(100));
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), next(100));
    }
    void stays_within_the_credit() {
        write("hello world");
        CPPUNIT_ASSERT_EQUAL(std::string("0:hel"), next(100, 3));
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), next(100, 3));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{8}, stream_.unsent());
        CPPUNIT_ASSERT(!stream_.ready(3) && stream_.ready(4));
    }
    void sends_what_was_lost_first_whatever_the_credit() {
        write("abcdefghij");
        (void)next(4);
        (void)next(4);
        stream_.on_lost({0, 4, false});
        CPPUNIT_ASSERT_EQUAL(std::string("0:abc"), next(3, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("3:d"), next(3, 100));
        CPPUNIT_ASSERT_EQUAL(std::string("8:ij"), next(3, 100));
    }
    void does_not_send_again_what_another_copy_brought() {
        write("abcdefghij");
        (void)next(10);
        stream_.on_acked({2, 3, false});
        stream_.on_lost({0, 10, false});
        CPPUNIT_ASSERT_EQUAL(std::string("0:ab"), next(100));
        stream_.on_acked({5, 3, false});
        CPPUNIT_ASSERT_EQUAL(std::string("8:ij"), next(100));
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), next(100));
    }
    void carries_its_end_with_the_last_bytes_or_alone() {
        write("abc");
        (void)next(2);
        stream_.finish();
        CPPUNIT_ASSERT_EQUAL(std::string("2:c."), next(10));
        stream_.on_acked({2, 1, true});
        CPPUNIT_ASSERT(!stream_.complete());
        stream_.on_acked({0, 2, false});
        CPPUNIT_ASSERT(stream_.complete());
        SendStream empty(10);
        empty.finish();
        CPPUNIT_ASSERT((empty.next(10, 0) == SendStream::Chunk{0, 0, true}));
        empty.on_acked({0, 0, true});
        CPPUNIT_ASSERT(empty.complete());
    }
    void sends_a_lost_end_again() {
        write("abc");
        (void)next(3);
        stream_.finish();
        CPPUNIT_ASSERT_EQUAL(std::string("3:."), next(10));
        stream_.on_lost({3, 0, true});
        CPPUNIT_ASSERT_EQUAL(std::string("3:."), next(10));
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), next(10));
        stream_.on_lost({0, 3, false});
        CPPUNIT_ASSERT_EQUAL(std::string("0:abc."), next(10));
    }
    void holds_no_more_than_its_room() {
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, stream_.write(as_bytes("0123456789abcdefghijklm")));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, stream_.write(as_bytes("x")));
        (void)next(20);
        stream_.on_acked({5, 5, false});
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, stream_.room());
        stream_.on_acked({0, 5, false});
        CPPUNIT_ASSERT_EQUAL(std::size_t{10}, stream_.room());
    }
    void holds_more_when_little_of_it_waits() {
        SendStream stream(20, 0, 50);
        const std::vector<std::byte> much(100);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, stream.write(much));
        (void)stream.next(16, 1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, stream.room());
        (void)stream.next(4, 1000);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, stream.write(much));
        for (int i = 0; i < 20; ++i) {
            (void)stream.next(5, 1000);
            (void)stream.write(much);
        }
        CPPUNIT_ASSERT(stream.sent_end() == 50 && stream.room() == 0);
    }
    void keeps_nothing_after_a_reset() {
        write("abcdef");
        (void)next(4);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{4}, stream_.reset());
        stream_.on_lost({0, 4, false});
        stream_.on_acked({0, 4, false});
        CPPUNIT_ASSERT_EQUAL(std::string("nothing"), next(100));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, stream_.write(as_bytes("x")));
    }
    void delivers_all_under_random_loss() {
        testing::SeededRandom random(11);
        const std::uint64_t origin = (std::uint64_t{1} << 40) - 3000;
        SendStream stream(10'000, origin);
        CPPUNIT_ASSERT_EQUAL(std::size_t{9000}, stream.write(std::vector<std::byte>(9000)));
        stream.finish();
        RangeSet got;
        std::vector<SendStream::Chunk> flight;
        for (int step = 0; step < 5000 && !stream.complete(); ++step) {
            if (const auto chunk = stream.next(1 + random.below(500), ~std::uint64_t{0}))
                flight.push_back(*chunk);
            if (flight.empty() || random.chance(0.3)) continue;
            const auto at =
                flight.begin() + static_cast<std::ptrdiff_t>(random.below(flight.size()));
            if (random.chance(0.3)) {
                stream.on_lost(*at);
            } else {
                got.add({at->offset, at->offset + at->length});
                stream.on_acked(*at);
            }
            flight.erase(at);
        }
        CPPUNIT_ASSERT(stream.complete());
        CPPUNIT_ASSERT(got.ranges().size() == 1 && got.front() == (Range{origin, origin + 9000}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SendStreamTest);

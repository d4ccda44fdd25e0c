#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/pacer.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool within(std::uint64_t value, std::uint64_t wanted, std::uint64_t off) {
    return value + off >= wanted && value <= wanted + off;
}

}  // namespace

class PacerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PacerTest);
    CPPUNIT_TEST(sends_at_the_rate_over_time);
    CPPUNIT_TEST(sends_a_train_at_once_and_then_waits);
    CPPUNIT_TEST(does_not_make_up_for_a_long_silence);
    CPPUNIT_TEST(does_not_wait_without_a_rate);
    CPPUNIT_TEST(follows_a_rate_that_changes);
    CPPUNIT_TEST_SUITE_END();

    Pacer pacer_;
    TimePoint now_{};
    // Packets of 1000 bytes as soon as they may go; answers how many bytes went.
    std::uint64_t run(Duration time) {
        const TimePoint end = now_ + time;
        std::uint64_t bytes = 0;
        while (now_ < end) {
            while (pacer_.may_send(now_)) {
                pacer_.on_sent(1000, now_);
                bytes += 1000;
            }
            now_ = std::max(pacer_.due(), now_ + std::chrono::microseconds(10));
        }
        return bytes;
    }

  public:
    void sends_at_the_rate_over_time() {
        pacer_.set(BytesPerSecond(1'000'000), ByteCount(3000));
        CPPUNIT_ASSERT(within(run(seconds(1)), 1'000'000, 6000));
    }
    void sends_a_train_at_once_and_then_waits() {
        pacer_.set(BytesPerSecond(1'000'000), ByteCount(3000));
        const TimePoint now{seconds(5)};
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(pacer_.may_send(now));
            pacer_.on_sent(1000, now);
        }
        CPPUNIT_ASSERT(!pacer_.may_send(now));
        CPPUNIT_ASSERT(pacer_.due() > now && pacer_.due() <= now + milliseconds(3));
    }
    void does_not_make_up_for_a_long_silence() {
        pacer_.set(BytesPerSecond(1'000'000), ByteCount(3000));
        (void)run(milliseconds(10));
        now_ += seconds(100);
        CPPUNIT_ASSERT(within(run(milliseconds(100)), 100'000, 6000));
    }
    void does_not_wait_without_a_rate() {
        for (int i = 0; i < 100; ++i) {
            CPPUNIT_ASSERT(pacer_.may_send(now_));
            pacer_.on_sent(1'000'000, now_);
        }
    }
    void follows_a_rate_that_changes() {
        pacer_.set(BytesPerSecond(1'000'000), ByteCount(3000));
        (void)run(milliseconds(100));
        pacer_.set(BytesPerSecond(10'000'000), ByteCount(10'000));
        CPPUNIT_ASSERT(within(run(milliseconds(100)), 1'000'000, 30'000));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PacerTest);

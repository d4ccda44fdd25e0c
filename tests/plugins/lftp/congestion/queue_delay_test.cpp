#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/congestion/bbr/queue_delay.h>

using namespace gantry;
using namespace gantry::lftp;
using std::chrono::milliseconds;
using std::chrono::seconds;

class QueueDelayTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(QueueDelayTest);
    CPPUNIT_TEST(sees_no_queue_before_a_sample_nor_in_jitter);
    CPPUNIT_TEST(sees_a_queue_when_eight_samples_are_above_the_margin);
    CPPUNIT_TEST(is_long_from_half_of_the_longest_of_late);
    CPPUNIT_TEST(forgets_the_longest_in_time);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kEmpty = milliseconds(80);

    QueueDelay queue_;
    TimePoint now_{seconds(1)};

    void add(int ms, int times = 8) {
        for (int i = 0; i < times; ++i) queue_.add(now_, milliseconds(ms));
    }

  public:
    void sees_no_queue_before_a_sample_nor_in_jitter() {
        CPPUNIT_ASSERT(!queue_.stands(kEmpty));
        add(200, 7);
        add(85, 1);
        CPPUNIT_ASSERT(!queue_.stands(kEmpty));
    }
    // The margin is an eighth: 10 ms.
    void sees_a_queue_when_eight_samples_are_above_the_margin() {
        add(90);
        CPPUNIT_ASSERT(!queue_.stands(kEmpty));
        add(91);
        CPPUNIT_ASSERT(queue_.stands(kEmpty));
        add(80, 1);
        CPPUNIT_ASSERT(!queue_.stands(kEmpty));
    }
    void is_long_from_half_of_the_longest_of_late() {
        add(180);
        add(129);
        CPPUNIT_ASSERT(queue_.stands(kEmpty) && !queue_.long_now(kEmpty));
        add(130);
        CPPUNIT_ASSERT(queue_.long_now(kEmpty));
    }
    void forgets_the_longest_in_time() {
        add(280);
        add(120);
        CPPUNIT_ASSERT(!queue_.long_now(kEmpty));
        for (int i = 0; i < 2; ++i) {
            now_ += seconds(10);
            add(120);
        }
        CPPUNIT_ASSERT(queue_.long_now(kEmpty));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(QueueDelayTest);

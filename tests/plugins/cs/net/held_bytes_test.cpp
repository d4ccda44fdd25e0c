#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/held_bytes.h>
#include <gantry/testing/virtual_loop.h>

#include <thread>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::testing;

class HeldBytesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(HeldBytesTest);
    CPPUNIT_TEST(tells_what_was_dropped_in_one_call);
    CPPUNIT_TEST(the_last_copy_counts);
    CPPUNIT_TEST(keeps_the_block_and_gives_it_back);
    CPPUNIT_TEST(takes_drops_from_other_threads);
    CPPUNIT_TEST(tells_nobody_who_has_gone);
    CPPUNIT_TEST_SUITE_END();

    VirtualClock clock_;
    VirtualLoop loop_{clock_, "loop"};
    std::vector<HeldBytes::Counts> told_;
    std::optional<HeldBytes> held_;
    ReceiveBuffer block_ = std::make_shared<std::vector<std::byte>>(10);

    void run() { clock_.run_for(std::chrono::milliseconds(1)); }

  public:
    void setUp() override {
        told_.clear();
        held_.emplace(loop_, [this](const HeldBytes::Counts& counts) { told_.push_back(counts); });
    }
    void tells_what_was_dropped_in_one_call() {
        auto a = held_->hold(block_, RequestId(1), 5);
        auto b = held_->hold(block_, RequestId(1), 6);
        auto c = held_->hold(block_, RequestId(2), 7);
        run();
        CPPUNIT_ASSERT(told_.empty());
        a.reset();
        b.reset();
        c.reset();
        CPPUNIT_ASSERT(told_.empty());  // in a turn of the loop
        run();
        CPPUNIT_ASSERT(told_.size() == 1);
        CPPUNIT_ASSERT(told_[0] == (HeldBytes::Counts{{RequestId(1), 11}, {RequestId(2), 7}}));
    }
    void the_last_copy_counts() {
        auto a = held_->hold(block_, RequestId(1), 5);
        auto copy = a;
        a.reset();
        run();
        CPPUNIT_ASSERT(told_.empty());
        copy.reset();
        run();
        CPPUNIT_ASSERT(told_.size() == 1);
    }
    void keeps_the_block_and_gives_it_back() {
        auto a = held_->hold(block_, RequestId(1), 5);
        CPPUNIT_ASSERT(a.get() == block_.get());
        CPPUNIT_ASSERT_EQUAL(2L, block_.use_count());
        a.reset();
        CPPUNIT_ASSERT_EQUAL(1L, block_.use_count());
    }
    void takes_drops_from_other_threads() {
        for (int round = 0; round < 20; ++round) {
            std::thread([a = held_->hold(block_, RequestId(1), 1)]() mutable { a.reset(); }).join();
            held_->hold(block_, RequestId(1), 2).reset();
        }
        run();
        CPPUNIT_ASSERT(told_.size() == 1 && told_[0].at(RequestId(1)) == 60);
    }
    void tells_nobody_who_has_gone() {
        auto before = held_->hold(block_, RequestId(1), 5);
        auto after = held_->hold(block_, RequestId(1), 5);
        before.reset();
        held_.reset();
        after.reset();
        run();
        CPPUNIT_ASSERT(told_.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HeldBytesTest);

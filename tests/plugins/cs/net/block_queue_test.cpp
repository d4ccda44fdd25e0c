#include <cs/net/block_queue.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::cs {
namespace {

Bytes block_of(std::size_t size, int value) { return Bytes(size, static_cast<std::byte>(value)); }

class BlockQueueTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(BlockQueueTest);
    CPPUNIT_TEST(finds_what_lies_ready_up_to_the_end_of_its_block);
    CPPUNIT_TEST(drops_a_block_when_all_of_it_was_sent);
    CPPUNIT_TEST(hands_out_what_was_sent_to_be_filled_again);
    CPPUNIT_TEST_SUITE_END();

    BlockQueue queue_;

  public:
    void setUp() override {
        queue_.push(block_of(4, 1));
        queue_.push(block_of(3, 2));
    }

    void finds_what_lies_ready_up_to_the_end_of_its_block() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, queue_.end());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, queue_.at(0).size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, queue_.at(3).size());
        CPPUNIT_ASSERT(queue_.at(3).front() == std::byte{1});
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, queue_.at(4).size());
        CPPUNIT_ASSERT(queue_.at(4).front() == std::byte{2});
        CPPUNIT_ASSERT(queue_.at(7).empty());
        CPPUNIT_ASSERT(queue_.at(~std::uint64_t{0}).empty());
    }

    void drops_a_block_when_all_of_it_was_sent() {
        queue_.sent_until(3);
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, queue_.at(0).size());
        queue_.sent_until(4);
        CPPUNIT_ASSERT(queue_.at(0).empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, queue_.at(5).size());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, queue_.end());
    }

    void hands_out_what_was_sent_to_be_filled_again() {
        CPPUNIT_ASSERT(queue_.take_spare().empty());
        queue_.sent_until(7);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, queue_.take_spare().size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, queue_.take_spare().size());
        CPPUNIT_ASSERT(queue_.take_spare().empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(BlockQueueTest);

}  // namespace
}  // namespace gantry::cs

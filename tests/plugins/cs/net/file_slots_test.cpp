#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/file_slots.h>
#include <gantry/testing/virtual_loop.h>

#include <string>
#include <thread>
#include <vector>

using namespace gantry;
using namespace gantry::cs;
using namespace gantry::testing;

class FileSlotsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileSlotsTest);
    CPPUNIT_TEST(a_free_one_is_granted_at_once);
    CPPUNIT_TEST(the_rest_wait_in_their_order);
    CPPUNIT_TEST(an_address_has_its_share);
    CPPUNIT_TEST(this_machine_may_have_all);
    CPPUNIT_TEST(addresses_take_turns);
    CPPUNIT_TEST(a_grant_comes_on_the_loop_that_asked);
    CPPUNIT_TEST(a_loop_that_has_ended_passes_it_on);
    CPPUNIT_TEST(what_waits_ends_with_it);
    CPPUNIT_TEST(several_threads_share_it);
    CPPUNIT_TEST_SUITE_END();

    VirtualClock clock_;
    VirtualLoop loop_{clock_, "one"};
    VirtualLoop other_{clock_, "two"};
    IpAddress a_ = IpAddress::parse("10.0.0.1").value();
    IpAddress b_ = IpAddress::parse("10.0.0.2").value();
    std::string order_;
    std::vector<std::pair<char, FileSlot>> held_;

    void ask(FileSlots& slots, char name, const IpAddress& who, EventLoop& loop) {
        slots.acquire(who, loop, [this, name](FileSlot slot) {
            order_ += name;
            held_.emplace_back(name, std::move(slot));
        });
    }
    void ask(FileSlots& slots, char name, const IpAddress& who) { ask(slots, name, who, loop_); }
    void give_back(char name) {
        std::erase_if(held_, [name](const auto& held) { return held.first == name; });
        clock_.run_ready();
    }

  public:
    void a_free_one_is_granted_at_once() {
        FileSlots slots(2, 2);
        ask(slots, 'x', a_);
        CPPUNIT_ASSERT_EQUAL(std::string("x"), order_);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, slots.free());
        give_back('x');
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, slots.free());
    }
    void the_rest_wait_in_their_order() {
        FileSlots slots(1, 1);
        for (const char name : {'x', 'y', 'z'}) ask(slots, name, a_);
        CPPUNIT_ASSERT_EQUAL(std::string("x"), order_);
        give_back('x');
        CPPUNIT_ASSERT_EQUAL(std::string("xy"), order_);
        give_back('y');
        CPPUNIT_ASSERT_EQUAL(std::string("xyz"), order_);
        give_back('z');
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, slots.free());
    }
    void an_address_has_its_share() {
        FileSlots slots(3, 2);
        for (const char name : {'x', 'y', 'z'}) ask(slots, name, a_);
        CPPUNIT_ASSERT_EQUAL(std::string("xy"), order_);
        ask(slots, 'b', b_);
        CPPUNIT_ASSERT_EQUAL(std::string("xyb"), order_);
        give_back('b');
        CPPUNIT_ASSERT_EQUAL(std::string("xyb"), order_);
        give_back('x');
        CPPUNIT_ASSERT_EQUAL(std::string("xybz"), order_);
    }
    void this_machine_may_have_all() {
        FileSlots slots(3, 1);
        for (const char name : {'x', 'y', 'z'})
            ask(slots, name, IpAddress::parse("127.0.0.1").value());
        CPPUNIT_ASSERT_EQUAL(std::string("xyz"), order_);
    }
    void addresses_take_turns() {
        FileSlots slots(1, 1);
        ask(slots, '0', a_);
        for (const char name : {'1', '2', '3'}) ask(slots, name, a_);
        ask(slots, 'b', b_);
        for (const char name : {'0', '1', 'b', '2'}) give_back(name);
        CPPUNIT_ASSERT_EQUAL(std::string("01b23"), order_);
    }
    void a_grant_comes_on_the_loop_that_asked() {
        FileSlots slots(1, 1);
        ask(slots, 'x', a_);
        bool there = false;
        slots.acquire(a_, other_, [&](FileSlot) { there = other_.on_loop_thread(); });
        give_back('x');
        CPPUNIT_ASSERT(there);
    }
    void a_loop_that_has_ended_passes_it_on() {
        FileSlots slots(1, 1);
        ask(slots, 'x', a_);
        ask(slots, 'y', a_, other_);
        ask(slots, 'z', a_);
        other_.end();
        give_back('x');
        CPPUNIT_ASSERT_EQUAL(std::string("xz"), order_);
    }
    void what_waits_ends_with_it() {
        auto slots = std::make_unique<FileSlots>(1, 1);
        auto held = std::make_shared<int>(1);
        ask(*slots, 'x', a_);
        slots->acquire(a_, loop_, [held](FileSlot) {});
        slots.reset();
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
        give_back('x');
    }
    void several_threads_share_it() {
        FileSlots slots(2, 2);
        const auto work = [&](VirtualLoop& loop) {
            for (int i = 0; i < 2000; ++i)
                slots.acquire(a_, loop, [](FileSlot slot) { slot = FileSlot(); });
        };
        std::thread first([&] { work(loop_); });
        std::thread second([&] { work(other_); });
        first.join();
        second.join();
        clock_.run_ready();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, slots.free());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileSlotsTest);

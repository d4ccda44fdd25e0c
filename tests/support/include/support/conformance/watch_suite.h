#pragma once

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <gantry/net/event_loop.h>
#include <support/conformance/harness.h>
#include <support/descriptor.h>
#include <support/usage.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <vector>

namespace gantry::testing::conformance {

// What every EventLoop that watches real descriptors does with them.
template <class Harness>
class WatchSuite : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WatchSuite<Harness>);
    CPPUNIT_TEST(reports_bytes_each_turn_until_they_are_read);
    CPPUNIT_TEST(reports_room_to_write_while_it_is_wanted);
    CPPUNIT_TEST(reports_nothing_that_is_not_wanted);
    CPPUNIT_TEST(reports_both_directions_in_one_call);
    CPPUNIT_TEST(interest_takes_effect_for_bytes_that_wait_already);
    CPPUNIT_TEST(a_half_close_is_readable_and_no_hangup);
    CPPUNIT_TEST(a_hangup_is_reported_once_with_no_interest);
    CPPUNIT_TEST(a_hangup_is_reported_once_beside_other_readiness);
    CPPUNIT_TEST(what_waits_can_be_read_after_a_hangup);
    CPPUNIT_TEST(a_broken_pipe_is_a_hangup_for_its_writer);
    CPPUNIT_TEST(a_hung_up_descriptor_burns_no_time);
    CPPUNIT_TEST(an_idle_loop_burns_no_time);
    CPPUNIT_TEST(a_callback_may_destroy_its_own_watch);
    CPPUNIT_TEST(a_callback_may_destroy_another_watch_that_is_ready);
    CPPUNIT_TEST(a_callback_may_add_watches);
    CPPUNIT_TEST(no_call_comes_after_the_watch_is_destroyed);
    CPPUNIT_TEST(a_descriptor_number_may_be_watched_again_at_once);
    CPPUNIT_TEST(the_descriptor_stays_its_owners);
    CPPUNIT_TEST(a_callback_that_throws_is_reported_and_called_again);
    CPPUNIT_TEST(pipes_and_eventfds_can_be_watched);
    CPPUNIT_TEST(refuses_a_plain_file);
    CPPUNIT_TEST(refuses_what_is_no_descriptor);
    CPPUNIT_TEST(refuses_a_second_watch_of_one_descriptor);
    CPPUNIT_TEST(tasks_get_their_turn_beside_descriptors_that_are_always_ready);
    CPPUNIT_TEST_SUITE_END();

    static constexpr Duration kLimit = std::chrono::seconds(20);

    Harness harness_;
    DescriptorPair pair_ = DescriptorPair::sockets();
    std::vector<Readiness> seen_;
    std::unique_ptr<Watch> watch_;

    EventLoop& loop() { return harness_.loop(); }
    void run_until(const std::function<bool()>& done) {
        CPPUNIT_ASSERT_MESSAGE("in time", harness_.run_until(done, kLimit));
    }
    // Several full turns, so that what would be reported is.
    void settle() {
        int left = 4;
        std::function<void()> again = [&] {
            if (--left > 0) loop().post([&] { again(); });
        };
        loop().post([&] { again(); });
        auto timer = loop().make_timer([&] { --left; });
        timer->arm(loop().now() + std::chrono::milliseconds(2));
        run_until([&] { return left < 0; });
    }
    std::unique_ptr<Watch> watch(int fd, Interest interest, Callback<Readiness> ready) {
        auto made = loop().watch(fd, interest, std::move(ready));
        CPPUNIT_ASSERT(made.ok());
        return std::move(*made);
    }
    void watch_first(Interest interest) {
        watch_ = watch(pair_.first.get(), interest, [this](Readiness r) { seen_.push_back(r); });
    }
    static void write_byte(const Descriptor& to) {
        CPPUNIT_ASSERT_EQUAL(ssize_t{1}, ::write(to.get(), "x", 1));
    }
    static ssize_t read_some(const Descriptor& from) {
        char buffer[64];
        return ::read(from.get(), buffer, sizeof buffer);
    }
    Duration cpu_time_of_waiting(Duration wait) {
        bool over = false;
        auto timer = loop().make_timer([&] { over = true; });
        const Duration before = cpu_time();
        timer->arm(loop().now() + wait);
        run_until([&] { return over; });
        return cpu_time() - before;
    }

    void reports_bytes_each_turn_until_they_are_read() {
        watch_first(Interest::read);
        write_byte(pair_.second);
        run_until([&] { return seen_.size() == 3; });
        CPPUNIT_ASSERT((seen_[2] == Readiness{.readable = true}));
        CPPUNIT_ASSERT_EQUAL(ssize_t{1}, read_some(pair_.first));
        seen_.clear();
        settle();
        CPPUNIT_ASSERT(seen_.empty());
    }
    void reports_room_to_write_while_it_is_wanted() {
        watch_first(Interest::write);
        run_until([&] { return seen_.size() == 3; });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.writable = true}));
        watch_->set_interest(Interest::none);
        seen_.clear();
        settle();
        CPPUNIT_ASSERT(seen_.empty());
    }
    void reports_nothing_that_is_not_wanted() {
        watch_first(Interest::none);
        write_byte(pair_.second);
        settle();
        CPPUNIT_ASSERT(seen_.empty());
    }
    void reports_both_directions_in_one_call() {
        write_byte(pair_.second);
        watch_first(Interest::both);
        run_until([&] { return !seen_.empty(); });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.readable = true, .writable = true}));
    }
    void interest_takes_effect_for_bytes_that_wait_already() {
        watch_first(Interest::none);
        write_byte(pair_.second);
        settle();
        watch_->set_interest(Interest::read);
        run_until([&] { return !seen_.empty(); });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.readable = true}));
    }
    void a_half_close_is_readable_and_no_hangup() {
        watch_first(Interest::read);
        CPPUNIT_ASSERT_EQUAL(0, ::shutdown(pair_.second.get(), SHUT_WR));
        run_until([&] { return !seen_.empty(); });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.readable = true}));
        CPPUNIT_ASSERT_EQUAL(ssize_t{0}, read_some(pair_.first));
    }
    void a_hangup_is_reported_once_with_no_interest() {
        watch_first(Interest::none);
        pair_.second.reset();
        run_until([&] { return !seen_.empty(); });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.hangup = true}));
        settle();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, seen_.size());
    }
    void a_hangup_is_reported_once_beside_other_readiness() {
        watch_first(Interest::read);
        pair_.second.reset();
        run_until([&] { return seen_.size() == 3; });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.readable = true, .hangup = true}));
        CPPUNIT_ASSERT((seen_[1] == Readiness{.readable = true}));
        watch_->set_interest(Interest::none);
        seen_.clear();
        settle();
        CPPUNIT_ASSERT(seen_.empty());
    }
    void what_waits_can_be_read_after_a_hangup() {
        watch_first(Interest::none);
        write_byte(pair_.second);
        pair_.second.reset();
        run_until([&] { return !seen_.empty(); });
        watch_->set_interest(Interest::read);
        run_until([&] { return seen_.size() == 2; });
        CPPUNIT_ASSERT((seen_[1] == Readiness{.readable = true}));
        CPPUNIT_ASSERT_EQUAL(ssize_t{1}, read_some(pair_.first));
        CPPUNIT_ASSERT_EQUAL(ssize_t{0}, read_some(pair_.first));
    }
    void a_broken_pipe_is_a_hangup_for_its_writer() {
        pair_ = DescriptorPair::pipe();
        watch_ =
            watch(pair_.second.get(), Interest::none, [this](Readiness r) { seen_.push_back(r); });
        pair_.first.reset();
        run_until([&] { return !seen_.empty(); });
        CPPUNIT_ASSERT((seen_[0] == Readiness{.hangup = true}));
    }
    void a_hung_up_descriptor_burns_no_time() {
        watch_first(Interest::none);
        pair_.second.reset();
        run_until([&] { return !seen_.empty(); });
        const Duration used = cpu_time_of_waiting(std::chrono::milliseconds(300));
        CPPUNIT_ASSERT(used < std::chrono::milliseconds(30));
    }
    void an_idle_loop_burns_no_time() {
        watch_first(Interest::both);
        watch_->set_interest(Interest::read);
        const Duration used = cpu_time_of_waiting(std::chrono::milliseconds(300));
        CPPUNIT_ASSERT(used < std::chrono::milliseconds(30));
    }
    void a_callback_may_destroy_its_own_watch() {
        auto held = std::make_shared<int>(7);
        int seen = 0;
        watch_ = watch(pair_.first.get(), Interest::write, [this, held, &seen](Readiness) {
            watch_.reset();
            seen = *held;  // the callback is whole until it returns
        });
        run_until([&] { return seen != 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(7, seen);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void a_callback_may_destroy_another_watch_that_is_ready() {
        std::unique_ptr<Watch> other;
        int calls = 0;
        watch_ = watch(pair_.first.get(), Interest::write, [&](Readiness) {
            ++calls;
            other.reset();
            watch_->set_interest(Interest::none);
        });
        other = watch(pair_.second.get(), Interest::write, [&](Readiness) {
            ++calls;
            watch_.reset();
            other->set_interest(Interest::none);
        });
        run_until([&] { return calls > 0; });
        settle();
        CPPUNIT_ASSERT_EQUAL(1, calls);
        CPPUNIT_ASSERT((watch_ == nullptr) != (other == nullptr));
    }
    void a_callback_may_add_watches() {
        std::vector<std::unique_ptr<Watch>> more;
        std::vector<DescriptorPair> pairs;
        std::size_t ready = 0;
        watch_ = watch(pair_.first.get(), Interest::write, [&](Readiness) {
            watch_.reset();
            for (int i = 0; i < 100; ++i) {
                pairs.push_back(DescriptorPair::sockets());
                more.push_back(watch(pairs.back().first.get(), Interest::write, [&, i](Readiness) {
                    ++ready;
                    more[static_cast<std::size_t>(i)].reset();
                }));
            }
        });
        run_until([&] { return ready == 100; });
    }
    void no_call_comes_after_the_watch_is_destroyed() {
        watch_first(Interest::both);
        write_byte(pair_.second);
        watch_.reset();
        settle();
        CPPUNIT_ASSERT(seen_.empty());
    }
    void a_descriptor_number_may_be_watched_again_at_once() {
        DescriptorPair old = DescriptorPair::sockets();
        bool stale = false;
        std::unique_ptr<Watch> doomed;
        // Both are ready in one turn; the first that is called gives the other's number away.
        const auto replace = [&](std::unique_ptr<Watch>& victim, Descriptor& fd) {
            const int number = fd.get();
            victim.reset();
            fd.reset();
            pair_ = DescriptorPair::sockets_at(number);
            watch_first(Interest::read);
        };
        bool replaced = false;
        auto actor = watch(old.second.get(), Interest::write, [&](Readiness) {
            if (!std::exchange(replaced, true)) replace(doomed, old.first);
        });
        doomed = watch(old.first.get(), Interest::write, [&](Readiness) { stale = replaced; });
        run_until([&] { return replaced; });
        actor.reset();
        settle();
        CPPUNIT_ASSERT(!stale);
        CPPUNIT_ASSERT(seen_.empty());
        write_byte(pair_.second);
        run_until([&] { return !seen_.empty(); });
    }
    void the_descriptor_stays_its_owners() {
        watch_first(Interest::both);
        settle();
        watch_.reset();
        write_byte(pair_.second);
        CPPUNIT_ASSERT_EQUAL(ssize_t{1}, read_some(pair_.first));
    }
    void a_callback_that_throws_is_reported_and_called_again() {
        watch_ = watch(pair_.first.get(), Interest::write,
                       [](Readiness) { throw std::runtime_error("on purpose"); });
        run_until([&] { return harness_.faults() >= 2; });
    }
    void pipes_and_eventfds_can_be_watched() {
        pair_ = DescriptorPair::pipe();
        const Descriptor event(::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC));
        bool pipe_ready = false;
        bool event_ready = false;
        auto on_pipe =
            watch(pair_.first.get(), Interest::read, [&](Readiness r) { pipe_ready = r.readable; });
        auto on_event =
            watch(event.get(), Interest::read, [&](Readiness r) { event_ready = r.readable; });
        write_byte(pair_.second);
        run_until([&] { return pipe_ready && event_ready; });
    }
    void refuses_a_plain_file() {
        const Descriptor file(::open(GANTRY_SOURCE_DIR "/CMakeLists.txt", O_RDONLY | O_CLOEXEC));
        auto made = loop().watch(file.get(), Interest::read, {});
        CPPUNIT_ASSERT(!made.ok());
        CPPUNIT_ASSERT(ErrorCode::unsupported == made.error().code);
    }
    void refuses_what_is_no_descriptor() {
        CPPUNIT_ASSERT(!loop().watch(-1, Interest::read, {}).ok());
    }
    void refuses_a_second_watch_of_one_descriptor() {
        watch_first(Interest::read);
        auto made = loop().watch(pair_.first.get(), Interest::write, {});
        CPPUNIT_ASSERT(!made.ok());
        CPPUNIT_ASSERT(ErrorCode::exists == made.error().code);
        write_byte(pair_.second);
        run_until([&] { return !seen_.empty(); });
    }
    void tasks_get_their_turn_beside_descriptors_that_are_always_ready() {
        watch_first(Interest::write);
        int turns = 0;
        auto timer = loop().make_timer([&] { ++turns; });
        timer->arm(loop().now());
        loop().post([&] { ++turns; });
        run_until([&] { return turns == 2; });
    }
};

}  // namespace gantry::testing::conformance

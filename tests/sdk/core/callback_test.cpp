#include <gantry/core/callback.h>

#include <cppunit/extensions/HelperMacros.h>

#include <array>
#include <memory>
#include <optional>
#include <stdexcept>

namespace gantry {
namespace {

// Counts the copies of itself that live.
struct Counted {
    explicit Counted(int& count) : alive(&count) { ++*alive; }
    Counted(Counted&& other) noexcept : alive(other.alive) { ++*alive; }
    ~Counted() { --*alive; }
    int* alive;
};

using Big = std::array<std::byte, 200>;  // more than a Callback holds in place

class CallbackTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CallbackTest);
    CPPUNIT_TEST(an_empty_one_does_nothing_and_succeeds);
    CPPUNIT_TEST(calls_its_target_with_the_arguments);
    CPPUNIT_TEST(passes_references_and_move_only_arguments);
    CPPUNIT_TEST(holds_a_target_that_cannot_be_copied);
    CPPUNIT_TEST(moving_a_small_target_leaves_the_source_empty);
    CPPUNIT_TEST(moving_a_large_target_leaves_the_source_empty);
    CPPUNIT_TEST(assigning_destroys_the_old_target);
    CPPUNIT_TEST(assigning_to_itself_changes_nothing);
    CPPUNIT_TEST(destroys_its_target_once);
    CPPUNIT_TEST(turns_an_exception_into_an_error);
    CPPUNIT_TEST(turns_an_exception_of_any_type_into_an_error);
    CPPUNIT_TEST(can_be_called_again_after_its_target_threw);
    CPPUNIT_TEST(passes_on_the_error_of_a_target_that_calls_others);
    CPPUNIT_TEST(runs_on_from_a_local_when_the_call_drops_its_owner);
    CPPUNIT_TEST(a_target_that_moves_with_exceptions_lives_on_the_heap);
    CPPUNIT_TEST_SUITE_END();

  public:
    void an_empty_one_does_nothing_and_succeeds() {
        Task task;
        CPPUNIT_ASSERT(!task);
        CPPUNIT_ASSERT(task().ok());
    }
    void calls_its_target_with_the_arguments() {
        int sum = 0;
        Callback<int, int> add = [&](int a, int b) { sum = a + b; };
        CPPUNIT_ASSERT(add(3, 4).ok());
        CPPUNIT_ASSERT_EQUAL(7, sum);
    }
    void passes_references_and_move_only_arguments() {
        int number = 1;
        Callback<int&, std::unique_ptr<int>> store = [](int& to, std::unique_ptr<int> from) {
            to = *from;
        };
        CPPUNIT_ASSERT(store(number, std::make_unique<int>(8)).ok());
        CPPUNIT_ASSERT_EQUAL(8, number);
    }
    void holds_a_target_that_cannot_be_copied() {
        int seen = 0;
        Task task = [&seen, owned = std::make_unique<int>(5)] { seen = *owned; };
        Task moved = std::move(task);
        CPPUNIT_ASSERT(moved().ok());
        CPPUNIT_ASSERT_EQUAL(5, seen);
    }
    void moving_a_small_target_leaves_the_source_empty() { moving_leaves_the_source_empty(0); }
    void moving_a_large_target_leaves_the_source_empty() { moving_leaves_the_source_empty(Big{}); }
    void assigning_destroys_the_old_target() {
        int first = 0, second = 0;
        Task task = [c = Counted(first)] { (void)c; };
        task = [c = Counted(second), big = Big{}] { (void)c, (void)big; };
        CPPUNIT_ASSERT_EQUAL(0, first);
        CPPUNIT_ASSERT_EQUAL(1, second);
    }
    void assigning_to_itself_changes_nothing() {
        int alive = 0;
        Task task = [c = Counted(alive)] { (void)c; };
        Task& same = task;
        task = std::move(same);
        CPPUNIT_ASSERT(task);
        CPPUNIT_ASSERT_EQUAL(1, alive);
    }
    void destroys_its_target_once() {
        int small = 0, large = 0;
        {
            const Task a = [c = Counted(small)] { (void)c; };
            const Task b = [c = Counted(large), big = Big{}] { (void)c, (void)big; };
            CPPUNIT_ASSERT_EQUAL(1, small);
            CPPUNIT_ASSERT_EQUAL(1, large);
        }
        CPPUNIT_ASSERT_EQUAL(0, small);
        CPPUNIT_ASSERT_EQUAL(0, large);
    }
    void turns_an_exception_into_an_error() {
        Task task = [] { throw std::runtime_error("broken"); };
        const auto outcome = task();
        CPPUNIT_ASSERT(!outcome);
        CPPUNIT_ASSERT(outcome.error().code == ErrorCode::other);
        CPPUNIT_ASSERT_EQUAL(std::string("unexpected exception: broken"), outcome.error().message);
    }
    void turns_an_exception_of_any_type_into_an_error() {
        Task task = [] { throw 42; };
        CPPUNIT_ASSERT_EQUAL(std::string("unexpected exception of an unknown type"),
                             task().error().message);
    }
    void can_be_called_again_after_its_target_threw() {
        int calls = 0;
        Task task = [&] {
            if (++calls == 1) throw std::runtime_error("once");
        };
        CPPUNIT_ASSERT(!task());
        CPPUNIT_ASSERT(task().ok());
        CPPUNIT_ASSERT_EQUAL(2, calls);
    }
    void passes_on_the_error_of_a_target_that_calls_others() {
        Task outer = [inner = Task([] { throw std::runtime_error("deep"); })]() mutable {
            return inner();
        };
        CPPUNIT_ASSERT_EQUAL(std::string("unexpected exception: deep"), outer().error().message);
        Task fine = [] { return Result<void>{}; };
        CPPUNIT_ASSERT(fine().ok());
    }
    void runs_on_from_a_local_when_the_call_drops_its_owner() {
        std::optional<Task> owner;
        int alive = 0, seen = 0;
        owner = [&owner, &seen, c = Counted(alive)] {
            owner.reset();
            seen = *c.alive;
        };
        Task local = std::move(*owner);
        CPPUNIT_ASSERT(local().ok());
        CPPUNIT_ASSERT_EQUAL(1, seen);
        CPPUNIT_ASSERT(!owner);
    }
    void a_target_that_moves_with_exceptions_lives_on_the_heap() {
        struct Throwing {
            Throwing() = default;
            Throwing(const Throwing&) {}  // and so moves by a copy that may throw
            void operator()(const void*& at) const { at = this; }
        };
        Callback<const void*&> callback = Throwing{};
        const void* before = nullptr;
        const void* after = nullptr;
        CPPUNIT_ASSERT(callback(before).ok());
        auto moved = std::move(callback);
        CPPUNIT_ASSERT(moved(after).ok());
        CPPUNIT_ASSERT(before == after);
    }

  private:
    template <class Load>
    void moving_leaves_the_source_empty(Load load) {
        int alive = 0, calls = 0;
        Task source = [&calls, load, c = Counted(alive)] { (void)load, (void)c, ++calls; };
        Task target = std::move(source);
        CPPUNIT_ASSERT(!source && target);
        CPPUNIT_ASSERT_EQUAL(1, alive);
        CPPUNIT_ASSERT(target().ok());
        CPPUNIT_ASSERT_EQUAL(1, calls);
        target.reset();
        CPPUNIT_ASSERT(!target);
        CPPUNIT_ASSERT_EQUAL(0, alive);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CallbackTest);

}  // namespace
}  // namespace gantry

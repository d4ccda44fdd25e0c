#include <gantry/core/lifetime.h>

#include <cppunit/extensions/HelperMacros.h>

#include <memory>

namespace gantry {
namespace {

struct Owner {
    Callback<> callback;
    Lifetime lifetime;
};

class LifetimeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LifetimeTest);
    CPPUNIT_TEST(a_callback_is_put_back_after_its_call);
    CPPUNIT_TEST(a_callback_that_was_replaced_stays_replaced);
    CPPUNIT_TEST(a_callback_may_destroy_its_owner);
    CPPUNIT_TEST(an_observer_tells_of_destruction_in_an_inner_call);
    CPPUNIT_TEST(the_first_failure_of_two_is_kept);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<Owner> owner_ = std::make_unique<Owner>();
    int calls_ = 0;

    Result<void> call() { return owner_->lifetime.call(owner_->callback); }

  public:
    void a_callback_is_put_back_after_its_call() {
        owner_->callback = [this] { ++calls_; };
        CPPUNIT_ASSERT(call().ok() && call().ok());
        CPPUNIT_ASSERT_EQUAL(2, calls_);
    }
    void a_callback_that_was_replaced_stays_replaced() {
        owner_->callback = [this] {
            owner_->lifetime.callbacks_replaced();
            owner_->callback = [this] { calls_ += 10; };
        };
        CPPUNIT_ASSERT(call().ok() && call().ok());
        CPPUNIT_ASSERT_EQUAL(10, calls_);
    }
    void a_callback_may_destroy_its_owner() {
        const auto held = std::make_shared<int>(7);
        owner_->callback = [this, held] {
            owner_.reset();
            calls_ = *held;
        };
        CPPUNIT_ASSERT(call().ok());
        CPPUNIT_ASSERT_EQUAL(7, calls_);
        CPPUNIT_ASSERT_EQUAL(1L, held.use_count());
    }
    void an_observer_tells_of_destruction_in_an_inner_call() {
        const Lifetime::Observer observer(owner_->lifetime);
        owner_->callback = [this] { owner_.reset(); };
        CPPUNIT_ASSERT(call().ok());
        CPPUNIT_ASSERT(observer.gone());
    }
    void the_first_failure_of_two_is_kept() {
        const auto first = make_error(ErrorCode::other, "test", "first");
        const Result<void> fine;
        CPPUNIT_ASSERT(both(fine, fine).ok());
        CPPUNIT_ASSERT(both(first, make_error(ErrorCode::other, "test", "second")).error() ==
                       first);
        CPPUNIT_ASSERT(both(fine, first).error() == first);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(LifetimeTest);

}  // namespace
}  // namespace gantry

#include <gantry/core/registration.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class Token : public RegistrationToken {
  public:
    explicit Token(int& ended) : ended_(ended) {}
    ~Token() override { ++ended_; }

  private:
    int& ended_;
};

class RegistrationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RegistrationTest);
    CPPUNIT_TEST(an_empty_one_is_not_active);
    CPPUNIT_TEST(ends_with_its_scope);
    CPPUNIT_TEST(release_ends_it_once);
    CPPUNIT_TEST(moving_hands_it_over);
    CPPUNIT_TEST_SUITE_END();

    int ended_ = 0;
    Registration make() { return Registration(std::make_unique<Token>(ended_)); }

  public:
    void an_empty_one_is_not_active() { CPPUNIT_ASSERT(!Registration().active()); }
    void ends_with_its_scope() {
        {
            const auto registration = make();
            CPPUNIT_ASSERT(registration.active());
            CPPUNIT_ASSERT_EQUAL(0, ended_);
        }
        CPPUNIT_ASSERT_EQUAL(1, ended_);
    }
    void release_ends_it_once() {
        auto registration = make();
        registration.release();
        registration.release();
        CPPUNIT_ASSERT(!registration.active());
        CPPUNIT_ASSERT_EQUAL(1, ended_);
    }
    void moving_hands_it_over() {
        auto first = make();
        auto second = std::move(first);
        CPPUNIT_ASSERT(!first.active() && second.active());
        second = make();
        CPPUNIT_ASSERT_EQUAL(1, ended_);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RegistrationTest);

}  // namespace
}  // namespace gantry

#include <gantry/core/result.h>

#include <cppunit/extensions/HelperMacros.h>

#include <memory>
#include <string>

namespace gantry {
namespace {

struct Base {
    virtual ~Base() = default;
    virtual int number() const { return 1; }
};
struct Derived : Base {
    int number() const override { return 2; }
};

Error some_error() { return make_error(ErrorCode::timeout, "test", "too late"); }

class ResultTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ResultTest);
    CPPUNIT_TEST(holds_a_value);
    CPPUNIT_TEST(holds_an_error);
    CPPUNIT_TEST(gives_the_fallback_only_for_an_error);
    CPPUNIT_TEST(moves_what_cannot_be_copied);
    CPPUNIT_TEST(is_made_from_what_its_value_is_made_from);
    CPPUNIT_TEST(without_a_value_is_success_unless_an_error_is_given);
    CPPUNIT_TEST(a_string_value_and_an_error_stay_apart);
    CPPUNIT_TEST_SUITE_END();

  public:
    void holds_a_value() {
        const Result<int> result = 7;
        CPPUNIT_ASSERT(result.ok() && result);
        CPPUNIT_ASSERT_EQUAL(7, *result);
        CPPUNIT_ASSERT_EQUAL(7, result.value());
    }
    void holds_an_error() {
        const Result<int> result = some_error();
        CPPUNIT_ASSERT(!result.ok() && !result);
        CPPUNIT_ASSERT(result.error() == some_error());
    }
    void gives_the_fallback_only_for_an_error() {
        CPPUNIT_ASSERT_EQUAL(7, Result<int>(7).value_or(9));
        CPPUNIT_ASSERT_EQUAL(9, Result<int>(some_error()).value_or(9));
    }
    void moves_what_cannot_be_copied() {
        Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
        const std::unique_ptr<int> taken = std::move(result).value();
        CPPUNIT_ASSERT_EQUAL(5, *taken);
        CPPUNIT_ASSERT(*result == nullptr);
    }
    void is_made_from_what_its_value_is_made_from() {
        const Result<std::unique_ptr<Base>> result = std::make_unique<Derived>();
        CPPUNIT_ASSERT_EQUAL(2, (*result)->number());
        const Result<std::string> text = "literal";
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, text->size());
    }
    void without_a_value_is_success_unless_an_error_is_given() {
        CPPUNIT_ASSERT(Result<void>().ok());
        const Result<void> failed = some_error();
        CPPUNIT_ASSERT(!failed);
        CPPUNIT_ASSERT(failed.error().code == ErrorCode::timeout);
    }
    void a_string_value_and_an_error_stay_apart() {
        CPPUNIT_ASSERT((Result<std::string>(std::string()).ok()));
        CPPUNIT_ASSERT(!(Result<std::string>(Error{}).ok()));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ResultTest);

}  // namespace
}  // namespace gantry

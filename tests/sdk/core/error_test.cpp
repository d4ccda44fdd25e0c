#include <gantry/core/error.h>

#include <cppunit/extensions/HelperMacros.h>

#include <cerrno>
#include <set>

namespace gantry {
namespace {

constexpr int kFirst = 1;
constexpr int kLast = 21;

ErrorCode code(int value) { return static_cast<ErrorCode>(value); }

class ErrorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ErrorTest);
    CPPUNIT_TEST(names_are_unique_and_turn_back_into_their_codes);
    CPPUNIT_TEST(an_unknown_name_or_code_is_other);
    CPPUNIT_TEST(codes_one_to_fifteen_are_their_own_exit_status);
    CPPUNIT_TEST(later_codes_exit_with_one);
    CPPUNIT_TEST(the_families_tell_who_can_mend_it);
    CPPUNIT_TEST(errors_of_our_own_environment_stay_here);
    CPPUNIT_TEST(describes_with_and_without_context);
    CPPUNIT_TEST(picks_the_code_of_a_system_error);
    CPPUNIT_TEST(words_a_system_error_in_lower_case);
    CPPUNIT_TEST(numbers_a_system_error_without_a_name);
    CPPUNIT_TEST_SUITE_END();

  public:
    void names_are_unique_and_turn_back_into_their_codes() {
        std::set<std::string_view> names;
        for (int i = kFirst; i <= kLast; ++i) {
            CPPUNIT_ASSERT(names.insert(error_name(code(i))).second);
            CPPUNIT_ASSERT(error_code_from_name(error_name(code(i))) == code(i));
        }
        CPPUNIT_ASSERT_EQUAL(std::string_view("not_found"), error_name(ErrorCode::not_found));
    }
    void an_unknown_name_or_code_is_other() {
        CPPUNIT_ASSERT(error_code_from_name("no_such_name") == ErrorCode::other);
        CPPUNIT_ASSERT_EQUAL(std::string_view("other"), error_name(code(0)));
        CPPUNIT_ASSERT_EQUAL(std::string_view("other"), error_name(code(kLast + 1)));
    }
    void codes_one_to_fifteen_are_their_own_exit_status() {
        for (int i = kFirst; i <= 15; ++i) CPPUNIT_ASSERT_EQUAL(i, exit_status(code(i)));
    }
    void later_codes_exit_with_one() {
        for (int i = 16; i <= kLast; ++i) CPPUNIT_ASSERT_EQUAL(1, exit_status(code(i)));
    }
    void the_families_tell_who_can_mend_it() {
        CPPUNIT_ASSERT(error_family(ErrorCode::protocol) == ErrorFamily::protocol);
        CPPUNIT_ASSERT(error_family(ErrorCode::usage) == ErrorFamily::usage);
        CPPUNIT_ASSERT(error_family(ErrorCode::no_space) == ErrorFamily::environment);
    }
    void errors_of_our_own_environment_stay_here() {
        CPPUNIT_ASSERT(is_sendable(ErrorCode::not_found));
        CPPUNIT_ASSERT(is_sendable(ErrorCode::protocol));
        CPPUNIT_ASSERT(!is_sendable(ErrorCode::other));
        CPPUNIT_ASSERT(!is_sendable(ErrorCode::no_space));
        CPPUNIT_ASSERT(!is_sendable(ErrorCode::security));
    }
    void describes_with_and_without_context() {
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt: gone"),
                             describe(make_error(ErrorCode::not_found, "cs", "gone", "a.txt")));
        CPPUNIT_ASSERT_EQUAL(std::string("gone"),
                             describe(make_error(ErrorCode::not_found, "cs", "gone")));
    }
    void picks_the_code_of_a_system_error() {
        CPPUNIT_ASSERT(error_from_errno(ENOENT, "x").code == ErrorCode::not_found);
        CPPUNIT_ASSERT(error_from_errno(ENOSPC, "x").code == ErrorCode::no_space);
        CPPUNIT_ASSERT(error_from_errno(EACCES, "x").code == ErrorCode::denied);
        CPPUNIT_ASSERT(error_from_errno(EADDRINUSE, "x").code == ErrorCode::network);
        CPPUNIT_ASSERT(error_from_errno(EEXIST, "x").code == ErrorCode::exists);
        CPPUNIT_ASSERT(error_from_errno(EMFILE, "x").code == ErrorCode::limit);
        CPPUNIT_ASSERT(error_from_errno(EIO, "x").code == ErrorCode::other);
    }
    void words_a_system_error_in_lower_case() {
        const auto error = error_from_errno(ENOENT, "storage", "a.txt");
        CPPUNIT_ASSERT_EQUAL(std::string("no such file or directory"), error.message);
        CPPUNIT_ASSERT_EQUAL(std::string("storage"), error.domain);
        CPPUNIT_ASSERT_EQUAL(std::string("a.txt"), error.context);
    }
    void numbers_a_system_error_without_a_name() {
        CPPUNIT_ASSERT_EQUAL(std::string("system error 99999"),
                             error_from_errno(99999, "x").message);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ErrorTest);

}  // namespace
}  // namespace gantry

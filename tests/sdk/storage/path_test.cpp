#include <gantry/storage/file_store.h>
#include <gantry/storage/path.h>

#include <cppunit/extensions/HelperMacros.h>

#include <string_view>

namespace gantry {
namespace {

using namespace std::string_view_literals;

class PathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PathTest);
    CPPUNIT_TEST(drops_empty_and_dot_components);
    CPPUNIT_TEST(the_root_has_the_empty_path);
    CPPUNIT_TEST(denies_every_way_up);
    CPPUNIT_TEST(denies_absolute_paths);
    CPPUNIT_TEST(refuses_a_nul_wherever_it_is);
    CPPUNIT_TEST(takes_the_longest_component_and_no_longer);
    CPPUNIT_TEST(takes_the_longest_path_and_no_longer);
    CPPUNIT_TEST(dots_in_names_are_fine);
    CPPUNIT_TEST(the_error_shows_no_byte_after_a_nul);
    CPPUNIT_TEST(a_name_is_joined_to_its_folder_with_one_slash);
    CPPUNIT_TEST(the_root_and_the_folder_itself_add_no_slash);
    CPPUNIT_TEST_SUITE_END();

    static void becomes(std::string_view expected, std::string_view path) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), normalize_path(path).value());
    }
    static ErrorCode code(std::string_view path) { return normalize_path(path).error().code; }

  public:
    void drops_empty_and_dot_components() {
        becomes("a/b", "a//./b/");
        becomes("a/b", "./a/b/.");
        becomes("a", "a");
    }
    void the_root_has_the_empty_path() {
        becomes("", "");
        becomes("", ".");
        becomes("", "././");
    }
    void denies_every_way_up() {
        for (const auto path : {".."sv, "../a"sv, "a/../b"sv, "a/.."sv, "./.."sv, "a//../../b"sv})
            CPPUNIT_ASSERT_MESSAGE(std::string(path), code(path) == ErrorCode::denied);
    }
    void denies_absolute_paths() {
        CPPUNIT_ASSERT(code("/") == ErrorCode::denied);
        CPPUNIT_ASSERT(code("/etc/passwd") == ErrorCode::denied);
        CPPUNIT_ASSERT(code("//a") == ErrorCode::denied);
    }
    void refuses_a_nul_wherever_it_is() {
        CPPUNIT_ASSERT(code("\0"sv) == ErrorCode::usage);
        CPPUNIT_ASSERT(code("a\0/../b"sv) == ErrorCode::usage);
        CPPUNIT_ASSERT(code("a/b\0"sv) == ErrorCode::usage);
    }
    void takes_the_longest_component_and_no_longer() {
        const std::string longest(FileStore::kMaxComponent, 'n');
        becomes("a/" + longest, "a/" + longest);
        CPPUNIT_ASSERT(code("a/" + longest + "n/b") == ErrorCode::usage);
    }
    void takes_the_longest_path_and_no_longer() {
        std::string path;
        while (path.size() + 2 <= FileStore::kMaxPath) path += "d/";
        path += 'd';
        CPPUNIT_ASSERT_EQUAL(FileStore::kMaxPath, path.size());
        becomes(path, path);
        CPPUNIT_ASSERT(code(path + "d") == ErrorCode::usage);
    }
    void dots_in_names_are_fine() {
        becomes("...", "...");
        becomes("..a/b..", "..a/b..");
        becomes(".hidden", ".hidden");
    }
    void the_error_shows_no_byte_after_a_nul() {
        CPPUNIT_ASSERT_EQUAL(std::string("ab"), normalize_path("ab\0cd"sv).error().context);
    }
    void a_name_is_joined_to_its_folder_with_one_slash() {
        CPPUNIT_ASSERT_EQUAL(std::string("a/b"), join_path("a", "b"));
        CPPUNIT_ASSERT_EQUAL(std::string("a/b/c/d"), join_path("a/b", "c/d"));
    }
    void the_root_and_the_folder_itself_add_no_slash() {
        CPPUNIT_ASSERT_EQUAL(std::string("a"), join_path("", "a"));
        CPPUNIT_ASSERT_EQUAL(std::string("a"), join_path("a", ""));
        CPPUNIT_ASSERT_EQUAL(std::string(), join_path("", ""));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PathTest);

}  // namespace
}  // namespace gantry

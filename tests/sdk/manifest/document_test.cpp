#include <manifest/document.h>

#include <gantry/plugin/manifest.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::manifest {
namespace {

class DocumentTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DocumentTest);
    CPPUNIT_TEST(reads_json);
    CPPUNIT_TEST(names_the_line_that_is_not_json);
    CPPUNIT_TEST(refuses_text_that_is_not_utf8);
    CPPUNIT_TEST(takes_the_deepest_nesting_and_no_deeper);
    CPPUNIT_TEST(takes_the_longest_text_and_no_longer);
    CPPUNIT_TEST(takes_the_largest_document_and_no_larger);
    CPPUNIT_TEST(refuses_a_member_that_occurs_twice);
    CPPUNIT_TEST(the_same_name_in_two_objects_is_fine);
    CPPUNIT_TEST_SUITE_END();

    static std::string problem(const std::string& text) {
        const auto document = read_document(text);
        return document ? "" : describe(document.error());
    }
    static std::string nested(std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    }

  public:
    void reads_json() {
        CPPUNIT_ASSERT_EQUAL(2, read_document(R"({"a":[1,2]})")->at("a")[1].get<int>());
    }
    void names_the_line_that_is_not_json() {
        CPPUNIT_ASSERT_EQUAL(std::string("line 3: not JSON in UTF-8"), problem("{\n\"a\": 1,\n?}"));
        CPPUNIT_ASSERT_EQUAL(std::string("line 1: not JSON in UTF-8"), problem(""));
        CPPUNIT_ASSERT_EQUAL(std::string("line 1: not JSON in UTF-8"), problem("{} {}"));
    }
    void refuses_text_that_is_not_utf8() {
        CPPUNIT_ASSERT(!problem("\"\xff\"").empty());
        CPPUNIT_ASSERT(!problem("\"\xc0\x80\"").empty());
        CPPUNIT_ASSERT(!problem("\"\x01\"").empty());
    }
    void takes_the_deepest_nesting_and_no_deeper() {
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(nested(manifest_limits::kDepth)));
        CPPUNIT_ASSERT_EQUAL(std::string("nests deeper than 12"),
                             problem(nested(manifest_limits::kDepth + 1)));
        CPPUNIT_ASSERT_EQUAL(std::string("nests deeper than 12"),
                             problem(std::string(manifest_limits::kBytes, '[')));
    }
    void takes_the_longest_text_and_no_longer() {
        const std::string text(manifest_limits::kTextBytes, 'x');
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("[\"" + text + "\"]"));
        CPPUNIT_ASSERT_EQUAL(std::string("a text is longer than 4096 bytes"),
                             problem("[\"" + text + "x\"]"));
        CPPUNIT_ASSERT(!problem("{\"" + text + "x\":1}").empty());
    }
    void takes_the_largest_document_and_no_larger() {
        const std::string blank(manifest_limits::kBytes - 2, ' ');
        CPPUNIT_ASSERT_EQUAL(std::string(), problem("[]" + blank));
        CPPUNIT_ASSERT_EQUAL(std::string("longer than 262144 bytes"), problem("[]" + blank + " "));
    }
    void refuses_a_member_that_occurs_twice() {
        CPPUNIT_ASSERT_EQUAL(std::string("a member occurs twice in one object"),
                             problem(R"({"a":1,"b":{"c":1},"a":2})"));
    }
    void the_same_name_in_two_objects_is_fine() {
        CPPUNIT_ASSERT_EQUAL(std::string(), problem(R"([{"a":1},{"a":{"a":2}}])"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DocumentTest);

}  // namespace
}  // namespace gantry::manifest

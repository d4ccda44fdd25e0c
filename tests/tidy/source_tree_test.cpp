#include "source_tree.h"

#include <cppunit/extensions/HelperMacros.h>

// The reader that the other tidy tests stand on.
class SourceTreeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SourceTreeTest);
    CPPUNIT_TEST(blanks_comments_and_literals_and_keeps_lines);
    CPPUNIT_TEST(finds_functions_with_their_lengths);
    CPPUNIT_TEST(does_not_take_a_type_or_namespace_for_a_function);
    CPPUNIT_TEST(reads_the_tree_it_was_built_from);
    CPPUNIT_TEST_SUITE_END();

    static std::string blank(const std::string& text) {
        return gantry::tidy::blank_comments_and_literals(text);
    }

  public:
    void blanks_comments_and_literals_and_keeps_lines() {
        CPPUNIT_ASSERT_EQUAL(std::string("int a;       \nint b;"), blank("int a; // '{'\nint b;"));
        CPPUNIT_ASSERT_EQUAL(std::string("f(     );"), blank("f(\"{\\\"\");"));
        CPPUNIT_ASSERT_EQUAL(std::string("       \n   ;"), blank("R\"x({}}\n)x\";"));
        CPPUNIT_ASSERT_EQUAL(std::string("10'000"), blank("10'000"));
    }
    void finds_functions_with_their_lengths() {
        const auto found = gantry::tidy::find_functions(
            "namespace a {\nstruct S {\n  S() : x_{1} {\n }\n  int f() const {\n if (x_) {\n }\n "
            "}\n int x_;\n};\n}");
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, found.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{4}, found[1].lines);
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, found[1].first_line);
    }
    void does_not_take_a_type_or_namespace_for_a_function() {
        CPPUNIT_ASSERT(
            gantry::tidy::find_functions("namespace a { class B : C { }; enum D { x }; }").empty());
    }
    void reads_the_tree_it_was_built_from() {
        const auto files = gantry::tidy::read_sources({"sdk"});
        CPPUNIT_ASSERT(files.size() > 20);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SourceTreeTest);

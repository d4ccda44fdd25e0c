#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>
#include <string>

namespace {

std::string read(const std::string& path) {
    std::ifstream in(GANTRY_SOURCE_DIR "/" + path);
    CPPUNIT_ASSERT_MESSAGE(path, in.is_open());
    return {std::istreambuf_iterator<char>(in), {}};
}

class ExamplePageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ExamplePageTest);
    CPPUNIT_TEST(the_page_shows_the_example_as_it_is_tested);
    CPPUNIT_TEST_SUITE_END();

  public:
    void the_page_shows_the_example_as_it_is_tested() {
        const auto example = read("tests/sdk/testing/greeting_example_test.cpp");
        CPPUNIT_ASSERT(read("docs/testing.md").find("```cpp\n" + example + "```") !=
                       std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ExamplePageTest);

}  // namespace

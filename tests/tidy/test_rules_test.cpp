#include "source_tree.h"

#include <cppunit/extensions/HelperMacros.h>

#include <regex>
#include <set>
#include <sstream>

namespace {

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::set<std::string> found;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i)
        found.insert((*i)[1]);
    return found;
}

bool is_called(const std::string& code, const std::string& name) {
    const std::regex use("\\b" + name + "\\s*\\(");
    return std::distance(std::sregex_iterator(code.begin(), code.end(), use), {}) > 1;
}

}  // namespace

class TestRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TestRulesTest);
    CPPUNIT_TEST(every_test_method_is_registered);
    CPPUNIT_TEST(every_suite_is_registered_or_a_template_that_is_used);
    CPPUNIT_TEST(every_sdk_and_wire_source_has_a_test_of_the_same_stem);
    CPPUNIT_TEST_SUITE_END();

  public:
    void every_test_method_is_registered() {
        std::ostringstream faults;
        for (const auto& file : gantry::tidy::read_sources({"tests"})) {
            if (file.code.find("CPPUNIT_TEST_SUITE(") == std::string::npos) continue;
            const auto registered =
                matches(file.code, R"(CPPUNIT_TEST(?:_EXCEPTION)?\(\s*(\w+)\s*[,)])");
            for (const auto& method :
                 matches(file.code, R"(\n\s*(?:static )?void (\w+)\(\)\s*[{;])")) {
                if (method == "setUp" || method == "tearDown" || registered.contains(method))
                    continue;
                if (!is_called(file.code, method)) faults << file.path << ": " << method << '\n';
            }
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), faults.str());
    }
    void every_suite_is_registered_or_a_template_that_is_used() {
        std::ostringstream faults;
        std::string all;
        const auto files = gantry::tidy::read_sources({"tests"});
        for (const auto& file : files) all += file.code;
        for (const auto& file : files)
            for (const auto& suite : matches(file.code, R"(\n\s*CPPUNIT_TEST_SUITE\((\w+)\))")) {
                const bool used =
                    std::regex_search(
                        all, std::regex("(CPPUNIT_TEST_SUITE_REGISTRATION|CPPUNIT_TEST_SUB_SUITE|"
                                        "CPPUNIT_TEST_SUITE_NAMED_REGISTRATION)\\(\\s*" +
                                        suite + "\\b")) ||
                    std::regex_search(all, std::regex("\\b" + suite + "\\s*<"));
                if (!used) faults << file.path << ": " << suite << '\n';
            }
        CPPUNIT_ASSERT_EQUAL(std::string(), faults.str());
    }
    void every_sdk_and_wire_source_has_a_test_of_the_same_stem() {
        std::set<std::string> stems;
        for (const auto& file : gantry::tidy::read_sources({"tests"})) {
            auto name = file.path.substr(file.path.rfind('/') + 1);
            if (name.ends_with("_test.cpp")) stems.insert(name.substr(0, name.size() - 9));
        }
        std::ostringstream faults;
        for (const auto& file :
             gantry::tidy::read_sources({"sdk/src", "sdk/manifest", "plugins"})) {
            const bool pure = file.path.rfind("sdk/", 0) == 0 ||
                              std::regex_search(file.path, std::regex("/(wire|core)/src/"));
            if (!pure || !file.path.ends_with(".cpp")) continue;
            const auto name = file.path.substr(file.path.rfind('/') + 1);
            const auto stem = name.substr(0, name.size() - 4);
            if (!stems.contains(stem)) faults << file.path << ": no " << stem << "_test.cpp\n";
        }
        CPPUNIT_ASSERT_EQUAL(std::string(), faults.str());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TestRulesTest);

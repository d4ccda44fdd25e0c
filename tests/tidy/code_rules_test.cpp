#include "source_tree.h"

#include <cppunit/extensions/HelperMacros.h>

#include <regex>
#include <set>
#include <sstream>

using gantry::tidy::SourceFile;

namespace {

constexpr std::size_t kMaxFileLines = 350;
constexpr std::size_t kMaxFunctionLines = 50;

struct Ban {
    const char* pattern;
    const char* why;
};

bool in_core_or_wire(const std::string& path) {
    return std::regex_search(path, std::regex("^plugins/[^/]+/(core|wire)/"));
}

std::size_t line_of(const std::string& text, std::size_t offset) {
    return 1 + static_cast<std::size_t>(std::count(
                   text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
}

}  // namespace

class CodeRulesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CodeRulesTest);
    CPPUNIT_TEST(core_and_wire_call_nothing_that_blocks_or_hides_a_source);
    CPPUNIT_TEST(only_the_system_layer_reads_clocks_and_entropy);
    CPPUNIT_TEST(nothing_throws_outside_the_system_layer);
    CPPUNIT_TEST(tests_do_not_sleep);
    CPPUNIT_TEST(files_are_small);
    CPPUNIT_TEST(functions_are_small);
    CPPUNIT_TEST(headers_are_guarded_once);
    CPPUNIT_TEST(lines_fit_a_hundred_columns);
    CPPUNIT_TEST_SUITE_END();

    std::ostringstream faults_;
    void check() { CPPUNIT_ASSERT_EQUAL(std::string(), faults_.str()); }
    void refuse(const SourceFile& file, const std::vector<Ban>& bans) {
        for (const auto& ban : bans) {
            const std::regex pattern(ban.pattern);
            for (std::sregex_iterator i(file.code.begin(), file.code.end(), pattern), end; i != end;
                 ++i)
                faults_ << file.path << ':'
                        << line_of(file.code, static_cast<std::size_t>(i->position())) << ": "
                        << i->str() << ": " << ban.why << '\n';
        }
    }

  public:
    void core_and_wire_call_nothing_that_blocks_or_hides_a_source() {
        const std::vector<Ban> bans{
            {R"(\bstd::(thread|mutex|condition_variable|atomic|random_device|mt19937)\b)",
             "core is single-threaded and deterministic"},
            {R"(\b(rand|srand|time|getenv|socket|send|recv|open|close|usleep|sleep)\s*\()",
             "core does no I/O"},
            {R"(\bstd::chrono::(system|steady|high_resolution)_clock\b)", "core is told the time"},
            {R"(\bthrow\b)", "core answers a Result"},
            {R"(\breinterpret_cast\b)", "raw offsets belong to the bounded readers"},
            {R"(\bmemcpy\s*\()", "raw offsets belong to the bounded readers"},
        };
        for (const auto& file : gantry::tidy::read_sources({"plugins"}))
            if (in_core_or_wire(file.path)) refuse(file, bans);
        check();
    }
    void only_the_system_layer_reads_clocks_and_entropy() {
        const std::vector<Ban> bans{
            {R"(\b(steady|system|high_resolution)_clock::now\b)", "take a Clock"},
            {R"(\bclock_gettime\s*\()", "take a Clock"},
            {R"(\bstd::random_device\b)", "take a Random"},
            {R"(\bgetrandom\s*\()", "take a Random"},
            {R"(\b(rand|srand)\s*\()", "take a Random"},
        };
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins"}))
            if (file.path.rfind("host/system/", 0) != 0) refuse(file, bans);
        check();
    }
    void nothing_throws_outside_the_system_layer() {
        for (const auto& file : gantry::tidy::read_sources({"sdk/include", "sdk/src", "plugins"}))
            refuse(file, {{R"(\bthrow\b)", "answer a Result"}});
        check();
    }
    void tests_do_not_sleep() {
        const std::vector<Ban> bans{
            {R"(\bsleep_(for|until)\b)", "wait for the thing itself"},
            {R"(\b(usleep|nanosleep)\s*\()", "wait for the thing itself"},
        };
        for (const auto& file : gantry::tidy::read_sources({"tests"})) refuse(file, bans);
        check();
    }
    void files_are_small() {
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins", "tests"})) {
            const auto lines = line_of(file.text, file.text.size());
            if (lines > kMaxFileLines) faults_ << file.path << ": " << lines << " lines\n";
        }
        check();
    }
    void functions_are_small() {
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins"}))
            for (const auto& function : gantry::tidy::find_functions(file.code))
                if (function.lines > kMaxFunctionLines)
                    faults_ << file.path << ':' << function.first_line << ": " << function.lines
                            << " lines in" << function.head << '\n';
        check();
    }
    void headers_are_guarded_once() {
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins", "tests"}))
            if (file.path.ends_with(".h") && file.text.rfind("#pragma once\n", 0) != 0)
                faults_ << file.path << ": does not begin with #pragma once\n";
        check();
    }
    void lines_fit_a_hundred_columns() {
        for (const auto& file : gantry::tidy::read_sources({"sdk", "host", "plugins"})) {
            std::istringstream in(file.code);
            std::size_t number = 0;
            for (std::string line; std::getline(in, line);) {
                ++number;
                const auto end = line.find_last_not_of(' ');
                if (end != std::string::npos && end >= 110)
                    faults_ << file.path << ':' << number << ": too long\n";
            }
        }
        check();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CodeRulesTest);

#include <gantry/testing/test_host.h>

#include <cppunit/extensions/HelperMacros.h>

#include <fstream>
#include <iterator>

extern "C" const gantry::PluginEntry gantry_plugin_entry;

namespace gantry::testing {
namespace {

std::string manifest_text() {
    std::ifstream in(GANTRY_SOURCE_DIR "/examples/echo_plugin/plugin.json");
    return {std::istreambuf_iterator<char>(in), {}};
}

class EchoPluginTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EchoPluginTest);
    CPPUNIT_TEST(says_the_words_for_people_and_as_a_value);
    CPPUNIT_TEST(says_nothing_without_words);
    CPPUNIT_TEST(stops_when_nobody_reads);
    CPPUNIT_TEST(leaves_nothing_behind);
    CPPUNIT_TEST_SUITE_END();

    TestHost host_{manifest_text(), std::unique_ptr<Plugin>(gantry_plugin_entry.create())};

  public:
    void says_the_words_for_people_and_as_a_value() {
        const auto result = host_.run("echo say hello there");
        CPPUNIT_ASSERT(result.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("hello there\n"), result.out);
        CPPUNIT_ASSERT_EQUAL(std::string("hello there"), *result.value.find("text")->as_string());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2}, *result.value.find("words")->as_uint());
    }
    void says_nothing_without_words() {
        const auto result = host_.run("echo say");
        CPPUNIT_ASSERT_EQUAL(2, result.exit_status());
        CPPUNIT_ASSERT_EQUAL(std::string(), result.out);
    }
    void stops_when_nobody_reads() {
        RunOptions options;
        options.reader_leaves_after = 0;
        CPPUNIT_ASSERT(host_.run("echo say hello", options).error->code == ErrorCode::closed);
    }
    void leaves_nothing_behind() {
        (void)host_.run("echo say hello");
        const auto report = host_.stop();
        CPPUNIT_ASSERT_MESSAGE(report.to_string(), report.clean());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EchoPluginTest);

}  // namespace
}  // namespace gantry::testing

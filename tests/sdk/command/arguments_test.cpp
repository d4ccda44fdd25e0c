#include <gantry/command/arguments.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

class ArgumentsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ArgumentsTest);
    CPPUNIT_TEST(what_was_not_given_is_empty);
    CPPUNIT_TEST(reads_each_kind);
    CPPUNIT_TEST(a_flag_is_set_by_being_there);
    CPPUNIT_TEST(the_last_value_counts_and_all_are_kept);
    CPPUNIT_TEST(tells_whether_any_option_says_a_value);
    CPPUNIT_TEST(options_and_operands_have_names_of_their_own);
    CPPUNIT_TEST_SUITE_END();

  public:
    void what_was_not_given_is_empty() {
        const Arguments none;
        CPPUNIT_ASSERT(!none.flag("x") && !none.text("x") && !none.integer("x") && !none.size("x"));
        CPPUNIT_ASSERT(!none.rate("x") && !none.duration("x") && !none.host_port("x"));
        CPPUNIT_ASSERT(none.texts("x").empty() && none.operands("x").empty());
        CPPUNIT_ASSERT_EQUAL(std::string(), none.operand("x"));
    }
    void reads_each_kind() {
        Arguments a;
        a.add_option("count", "-7");
        a.add_option("size", "2K");
        a.add_option("rate", "1MB/s");
        a.add_option("time", "250ms");
        a.add_option("at", "[::1]:80");
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-7}, *a.integer("count"));
        CPPUNIT_ASSERT(*a.size("size") == ByteCount(2048));
        CPPUNIT_ASSERT(*a.rate("rate") == BytesPerSecond(1'000'000));
        CPPUNIT_ASSERT(*a.duration("time") == std::chrono::milliseconds(250));
        CPPUNIT_ASSERT((*a.host_port("at") == HostPort{"::1", 80}));
    }
    void a_flag_is_set_by_being_there() {
        Arguments a;
        a.add_option("quiet", "");
        CPPUNIT_ASSERT(a.flag("quiet") && !a.flag("loud"));
    }
    void the_last_value_counts_and_all_are_kept() {
        Arguments a;
        a.add_option("x", "1");
        a.add_option("x", "2");
        CPPUNIT_ASSERT_EQUAL(std::string("2"), *a.text("x"));
        CPPUNIT_ASSERT((a.texts("x") == std::vector<std::string>{"1", "2"}));
    }
    void tells_whether_any_option_says_a_value() {
        Arguments arguments;
        arguments.add_option("over", "tcp");
        arguments.add_option("over", "rudp");
        arguments.add_operand("URL", "other");
        CPPUNIT_ASSERT(arguments.says("tcp") && arguments.says("rudp"));
        CPPUNIT_ASSERT(!arguments.says("other") && !arguments.says("over"));
    }
    void options_and_operands_have_names_of_their_own() {
        Arguments a;
        a.add_option("url", "option");
        a.add_operand("url", "operand");
        CPPUNIT_ASSERT_EQUAL(std::string("option"), *a.text("url"));
        CPPUNIT_ASSERT_EQUAL(std::string("operand"), a.operand("url"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ArgumentsTest);

}  // namespace
}  // namespace gantry

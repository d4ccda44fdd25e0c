#include <cppunit/extensions/HelperMacros.h>
#include <host/config/toml_settings.h>

using namespace gantry;
using namespace gantry::host;

class TomlSettingsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TomlSettingsTest);
    CPPUNIT_TEST(reads_tables_as_dotted_keys_with_their_lines);
    CPPUNIT_TEST(refuses_what_is_not_toml_and_says_where);
    CPPUNIT_TEST(refuses_an_array_by_name);
    CPPUNIT_TEST(refuses_a_document_beyond_the_limit);
    CPPUNIT_TEST(replaces_a_value_and_keeps_comments);
    CPPUNIT_TEST(adds_to_a_table_that_is_there);
    CPPUNIT_TEST(adds_a_table_that_is_missing);
    CPPUNIT_TEST(puts_a_key_without_a_table_before_the_first_table);
    CPPUNIT_TEST(writes_quotes_backslashes_and_control_characters_so_that_they_come_back);
    CPPUNIT_TEST_SUITE_END();

    static std::string edited(const std::string& text, const std::string& key,
                              const std::string& value, ValueKind kind = ValueKind::text) {
        auto result = set_in_toml(text, key, value, kind);
        return result ? *result : "error: " + describe(result.error());
    }

  public:
    void reads_tables_as_dotted_keys_with_their_lines() {
        auto entries = read_toml_settings("color = \"never\"\n[cs]\nport = 7\nfast = true\n", "f");
        CPPUNIT_ASSERT(entries.ok());
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, entries->size());
        CPPUNIT_ASSERT((TomlEntry{"color", "never", 1}) == (*entries)[0]);
        CPPUNIT_ASSERT((TomlEntry{"cs.fast", "true", 4}) == (*entries)[1]);
        CPPUNIT_ASSERT((TomlEntry{"cs.port", "7", 3}) == (*entries)[2]);
    }
    void refuses_what_is_not_toml_and_says_where() {
        auto entries = read_toml_settings("a = 1\nb = = 2\n", "file");
        CPPUNIT_ASSERT(!entries.ok());
        CPPUNIT_ASSERT(entries.error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(std::string("file:2"), entries.error().context);
    }
    void refuses_an_array_by_name() {
        auto entries = read_toml_settings("[cs]\nports = [1, 2]\n", "file");
        CPPUNIT_ASSERT(!entries.ok());
        CPPUNIT_ASSERT_EQUAL(
            std::string("file:2: 'cs.ports' must be a text, a number or a boolean"),
            describe(entries.error()));
    }
    void refuses_a_document_beyond_the_limit() {
        auto entries = read_toml_settings(std::string(kMaxConfigBytes + 1, ' '), "file");
        CPPUNIT_ASSERT(!entries.ok());
        CPPUNIT_ASSERT(entries.error().code == ErrorCode::limit);
    }
    void replaces_a_value_and_keeps_comments() {
        CPPUNIT_ASSERT_EQUAL(std::string("# mine\n[cs]\nport = 80 # the port\nx = 1\n"),
                             edited("# mine\n[cs]\nport = 7 # the port\nx = 1\n", "cs.port", "80",
                                    ValueKind::integer));
    }
    void adds_to_a_table_that_is_there() {
        CPPUNIT_ASSERT_EQUAL(std::string("[cs]\nport = \"p\"\nx = 1\n"),
                             edited("[cs]\nx = 1\n", "cs.port", "p"));
    }
    void adds_a_table_that_is_missing() {
        CPPUNIT_ASSERT_EQUAL(std::string("a = 1\n\n[cs]\nport = \"p\"\n"),
                             edited("a = 1\n", "cs.port", "p"));
        CPPUNIT_ASSERT_EQUAL(std::string("[cs]\nport = \"p\"\n"), edited("", "cs.port", "p"));
    }
    void puts_a_key_without_a_table_before_the_first_table() {
        CPPUNIT_ASSERT_EQUAL(std::string("color = \"never\"\n[cs]\nx = 1\n"),
                             edited("[cs]\nx = 1\n", "color", "never"));
    }
    void writes_quotes_backslashes_and_control_characters_so_that_they_come_back() {
        const std::string value = "a\"b\\c\td\x7f";
        auto entries = read_toml_settings(edited("", "k", value), "f");
        CPPUNIT_ASSERT(entries.ok());
        CPPUNIT_ASSERT_EQUAL(value, entries->at(0).value);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TomlSettingsTest);

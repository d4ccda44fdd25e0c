#include <crypto/wire/key_file.h>
#include <crypto/wire/limits.h>
#include <gantry/crypto/digest.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::crypto {
namespace {

// docs/protocols/crypto.md section 3.
const std::string kExample =
    "gantry-key 1\n"
    "name alice\n"
    "secret 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
const std::string kSecret = kExample.substr(kExample.find("secret"));

class KeyFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(KeyFileTest);
    CPPUNIT_TEST(reads_the_example_of_the_document);
    CPPUNIT_TEST(writes_the_example_of_the_document);
    CPPUNIT_TEST(needs_no_name);
    CPPUNIT_TEST(takes_comments_empty_lines_and_carriage_returns);
    CPPUNIT_TEST(takes_capital_digits_and_a_missing_last_line_feed);
    CPPUNIT_TEST(refuses_every_cut_of_the_secret);
    CPPUNIT_TEST(refuses_what_is_no_key_file);
    CPPUNIT_TEST(refuses_a_line_that_it_does_not_know);
    CPPUNIT_TEST(refuses_seconds);
    CPPUNIT_TEST(refuses_a_secret_of_another_form);
    CPPUNIT_TEST(refuses_names_of_another_form);
    CPPUNIT_TEST(refuses_a_file_longer_than_the_limit);
    CPPUNIT_TEST(an_error_shows_nothing_of_the_line);
    CPPUNIT_TEST_SUITE_END();

    static Result<KeyFile> read(std::string_view text) { return KeyFile::decode(as_bytes(text)); }
    static void refuses(std::string_view text) {
        const auto file = read(text);
        CPPUNIT_ASSERT_MESSAGE(std::string(text), !file);
        CPPUNIT_ASSERT(file.error().code == ErrorCode::integrity);
    }
    static void refuses_line(const std::string& line) { refuses("gantry-key 1\n" + line + "\n"); }

  public:
    void reads_the_example_of_the_document() {
        const auto file = read(kExample).value();
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), file.name);
        CPPUNIT_ASSERT_EQUAL(kSecret.substr(7, 64), to_hex(file.secret.view()));
    }
    void writes_the_example_of_the_document() {
        const auto text = read(kExample).value().encode();
        CPPUNIT_ASSERT_EQUAL(kExample, std::string(as_text(text.view())));
    }
    void needs_no_name() {
        auto file = read("gantry-key 1\n" + kSecret).value();
        CPPUNIT_ASSERT(file.name.empty());
        CPPUNIT_ASSERT_EQUAL("gantry-key 1\n" + kSecret,
                             std::string(as_text(file.encode().view())));
    }
    void takes_comments_empty_lines_and_carriage_returns() {
        CPPUNIT_ASSERT(read("gantry-key 1\r\n# mine\r\n\r\n\n" + kSecret + "\n#").ok());
    }
    void takes_capital_digits_and_a_missing_last_line_feed() {
        const auto file = read("gantry-key 1\nsecret " + std::string(64, 'F')).value();
        CPPUNIT_ASSERT(file.secret.view()[31] == std::byte{255});
    }
    void refuses_every_cut_of_the_secret() {
        for (std::size_t size = 0; size + 1 < kExample.size(); ++size)
            refuses(kExample.substr(0, size));
    }
    void refuses_what_is_no_key_file() {
        for (const auto* text : {"", "\n", "gantry-key 2\n", "gantry-key 1 \n", " gantry-key 1\n"})
            refuses(text + kSecret);
        refuses(std::string("\0gantry-key 1\n", 14) + kSecret);
    }
    void refuses_a_line_that_it_does_not_know() {
        for (const auto* line : {"Name bob", "names bob", "secret", "x", " ", "secret\t00"})
            refuses_line(kSecret + line);
    }
    void refuses_seconds() {
        refuses_line(kSecret + kSecret);
        refuses_line("name bob\nname eve\n" + kSecret);
    }
    void refuses_a_secret_of_another_form() {
        for (const auto& digits : {std::string(62, '0'), std::string(63, '0'), std::string(66, '0'),
                                   std::string(63, '0') + "g", " " + std::string(63, '0'),
                                   std::string(64, '0') + " ", std::string(64, '\0')})
            refuses_line("secret " + digits);
    }
    void refuses_names_of_another_form() {
        for (const auto& name : {std::string(), std::string("a b"), std::string("a/b"),
                                 std::string("\xc3\xa9"), std::string(65, 'a')})
            refuses_line("name " + name + "\n" + kSecret);
        CPPUNIT_ASSERT(KeyFile::is_name(std::string(limits::kMaxKeyName, 'a')));
        CPPUNIT_ASSERT(KeyFile::is_name("Bob.2_x@home-1"));
    }
    void refuses_a_file_longer_than_the_limit() {
        const auto head = "gantry-key 1\n" + kSecret + "#";
        const std::string rest(limits::kMaxKeyFile - head.size(), 'x');
        CPPUNIT_ASSERT(read(head + rest).ok());
        refuses(head + rest + "x");
    }
    void an_error_shows_nothing_of_the_line() {
        const auto error = read("gantry-key 1\nsecret c0ffee\n").error();
        CPPUNIT_ASSERT_EQUAL(
            std::string("line 2 of the key file does not hold a secret of 64 hex digits"),
            describe(error));
        CPPUNIT_ASSERT(read("gantry-key 1\nsecert c0ffee\n").error().message.find("c0ff") ==
                       std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(KeyFileTest);

}  // namespace
}  // namespace gantry::crypto

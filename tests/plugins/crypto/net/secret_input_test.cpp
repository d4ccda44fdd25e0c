#include <crypto/net/secret_input.h>
#include <crypto/wire/limits.h>
#include <gantry/crypto/digest.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>
#include <support/wish.h>

#include <sys/stat.h>

namespace gantry::crypto {
namespace {

const std::string kKey = "gantry-key 1\nname bob\nsecret " + std::string(64, '7') + "\n";

class SecretInputTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SecretInputTest);
    CPPUNIT_TEST(reads_a_key_file);
    CPPUNIT_TEST(a_key_that_others_may_use_is_denied);
    CPPUNIT_TEST(a_pipe_that_says_nothing_can_be_cancelled);
    CPPUNIT_TEST(what_is_no_key_file_is_named);
    CPPUNIT_TEST(a_missing_key_file_is_not_found);
    CPPUNIT_TEST(a_file_that_never_ends_is_no_key_file);
    CPPUNIT_TEST(a_passphrase_is_the_first_line);
    CPPUNIT_TEST(a_passphrase_may_have_any_bytes);
    CPPUNIT_TEST(an_empty_passphrase_is_refused);
    CPPUNIT_TEST(a_passphrase_longer_than_the_limit_is_refused);
    CPPUNIT_TEST(waiting_for_a_passphrase_can_be_cancelled);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    testing::Wish never_;

    std::string write(const std::string& text, mode_t mode = 0600) {
        const auto path = folder_.write("f", text).string();
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(path.c_str(), mode));
        return path;
    }
    Result<Secret> passphrase(const std::string& text) {
        return read_passphrase_file(write(text), "f", never_);
    }
    void becomes(const std::string& expected, const std::string& text) {
        CPPUNIT_ASSERT_EQUAL(expected, std::string(as_text(passphrase(text).value().view())));
    }

  public:
    void reads_a_key_file() {
        const auto key = read_key_file(write(kKey), "f", never_).value();
        CPPUNIT_ASSERT_EQUAL(std::string("bob"), key.name);
        CPPUNIT_ASSERT_EQUAL(std::string(64, '7'), to_hex(key.secret.view()));
    }
    void a_key_that_others_may_use_is_denied() {
        const auto key = read_key_file(write(kKey, 0640), "my.key", never_);
        CPPUNIT_ASSERT(key.error().code == ErrorCode::denied);
        CPPUNIT_ASSERT_EQUAL(std::string("my.key: others may use this key; chmod 600 it first"),
                             describe(key.error()));
    }
    void a_pipe_that_says_nothing_can_be_cancelled() {
        const auto path = folder_ / "pipe";
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(path.c_str(), 0666));
        testing::Wish soon(1);
        CPPUNIT_ASSERT(read_key_file(path.string(), "f", soon).error().code ==
                       ErrorCode::cancelled);
    }
    void what_is_no_key_file_is_named() {
        const auto key = read_key_file(write("hello"), "my.key", never_);
        CPPUNIT_ASSERT(key.error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT_EQUAL(std::string("my.key: this is no key file of Gantry"),
                             describe(key.error()));
    }
    void a_missing_key_file_is_not_found() {
        CPPUNIT_ASSERT(read_key_file((folder_ / "none").string(), "f", never_).error().code ==
                       ErrorCode::not_found);
    }
    void a_file_that_never_ends_is_no_key_file() {
        CPPUNIT_ASSERT(read_key_file("/dev/zero", "f", never_).error().code ==
                       ErrorCode::integrity);
    }
    void a_passphrase_is_the_first_line() {
        becomes("open sesame", "open sesame\nnot this\n");
        becomes("open sesame", "open sesame");
        becomes("open sesame", "open sesame\r\n");
        becomes(" \t ", " \t \n");
    }
    void a_passphrase_may_have_any_bytes() {
        becomes(std::string("a\0\xff", 3), std::string("a\0\xff\n", 4));
    }
    void an_empty_passphrase_is_refused() {
        for (const auto* text : {"", "\n", "\r\n", "\nsecond"})
            CPPUNIT_ASSERT(passphrase(text).error().code == ErrorCode::usage);
    }
    void a_passphrase_longer_than_the_limit_is_refused() {
        const std::string longest(limits::kMaxPassphrase, 'x');
        becomes(longest, longest + "\n");
        becomes(longest, longest);
        CPPUNIT_ASSERT(passphrase(longest + "x").error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(passphrase(longest + longest + "\n").error().code == ErrorCode::limit);
    }
    void waiting_for_a_passphrase_can_be_cancelled() {
        const auto path = folder_ / "pipe";
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(path.c_str(), 0600));
        testing::Wish soon(1);
        CPPUNIT_ASSERT(read_passphrase_file(path.string(), "f", soon).error().code ==
                       ErrorCode::cancelled);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SecretInputTest);

}  // namespace
}  // namespace gantry::crypto

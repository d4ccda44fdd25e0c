#include "file_fixture.h"

#include <filesystem>

namespace gantry::crypto {
namespace {

class FileCommandTest : public FileFixture {
    CPPUNIT_TEST_SUITE(FileCommandTest);
    CPPUNIT_TEST(what_was_encrypted_comes_out_again);
    CPPUNIT_TEST(streams_and_files_may_be_mixed);
    CPPUNIT_TEST(both_ciphers_and_both_kinds_of_key_fit);
    CPPUNIT_TEST(answers_what_it_did);
    CPPUNIT_TEST(tells_its_progress);
    CPPUNIT_TEST(no_two_files_are_the_same);
    CPPUNIT_TEST(a_file_may_replace_itself);
    CPPUNIT_TEST(an_older_file_is_kept_with_no_clobber);
    CPPUNIT_TEST(a_file_that_the_system_makes_up_is_read_whole);
    CPPUNIT_TEST(wants_to_know_where_it_goes);
    CPPUNIT_TEST(a_json_result_and_data_cannot_share_standard_output);
    CPPUNIT_TEST(one_key_is_enough);
    CPPUNIT_TEST(a_missing_input_leaves_nothing);
    CPPUNIT_TEST(stops_when_cancelled_and_leaves_nothing);
    CPPUNIT_TEST(a_cancelled_standard_input_is_no_end);
    CPPUNIT_TEST_SUITE_END();

    void round_trip(const std::string& text, const Words& how, const Words& key) {
        folder_.write("a", text);
        fine(encrypt("a", "b", how));
        fine(decrypt("b", "c", key));
        CPPUNIT_ASSERT(folder_.read("c") == text);
    }

  public:
    void what_was_encrypted_comes_out_again() {
        for (const std::size_t size :
             {0U, 1U, 65535U, 65536U, 65537U, 262144U, 262145U, 3'000'000U}) {
            round_trip(pattern(size), {{"key-file", "key"}}, {{"key-file", "key"}});
            CPPUNIT_ASSERT_EQUAL(std::size_t{80} + chunked_size(size), folder_.read("b").size());
        }
    }
    void streams_and_files_may_be_mixed() {
        for (const std::size_t size : {0U, 5U, 262144U, 1'000'000U}) {
            const auto text = pattern(size);
            folder_.write("a", text);
            const auto from_input = encrypt("-", "b", {{"key-file", "key"}}, text);
            fine(from_input);
            const auto to_output = decrypt("b", "-");
            fine(to_output);
            CPPUNIT_ASSERT(to_output->output.written == text);
            const auto sealed = encrypt("a", "-");
            const auto opened = decrypt("-", "-", {{"key-file", "key"}}, sealed->output.written);
            fine(opened);
            CPPUNIT_ASSERT(opened->output.written == text);
        }
    }
    void both_ciphers_and_both_kinds_of_key_fit() {
        for (const auto* cipher : {"aes256-gcm", "chacha20-poly1305"}) {
            round_trip("text", {{"key-file", "key"}, {"cipher", cipher}}, {{"key-file", "key"}});
            round_trip("text", {{"passphrase-file", "passphrase"}, {"cipher", cipher}},
                       {{"passphrase-file", "passphrase"}});
        }
    }
    void answers_what_it_did() {
        folder_.write("a", "text");
        const auto call = encrypt("a", "b");
        CPPUNIT_ASSERT(call->result == Value::object()
                                           .set("path", "b")
                                           .set("bytes", std::uint64_t{4})
                                           .set("files", 1)
                                           .set("cipher", "aes256-gcm")
                                           .set("key", "key file"));
        CPPUNIT_ASSERT_EQUAL(std::string("b  4 B\n"), call->output.written);
        const auto back = decrypt("b", "c");
        CPPUNIT_ASSERT(*back->result.find("bytes") == Value(std::uint64_t{4}));
    }
    void tells_its_progress() {
        folder_.write("a", pattern(1'000'000));
        CPPUNIT_ASSERT(encrypt("a", "b")->work.total == ByteCount(1'000'000));
        const auto back = decrypt("b", "c");
        CPPUNIT_ASSERT(back->work.total == ByteCount(1'000'000));
        CPPUNIT_ASSERT(back->work.done == ByteCount(1'000'000));
    }
    void no_two_files_are_the_same() {
        folder_.write("a", "text");
        fine(encrypt("a", "b"));
        fine(encrypt("a", "c"));
        const auto b = folder_.read("b"), c = folder_.read("c");
        CPPUNIT_ASSERT(b.substr(16, 32) != c.substr(16, 32));
        CPPUNIT_ASSERT(b.substr(80) != c.substr(80));
    }
    void a_file_may_replace_itself() {
        folder_.write("a", pattern(100'000));
        fine(encrypt("a", "a"));
        fine(decrypt("a", "a"));
        CPPUNIT_ASSERT(folder_.read("a") == pattern(100'000));
        only({"a"});
    }
    void an_older_file_is_kept_with_no_clobber() {
        folder_.write("a", "text");
        folder_.write("b", "old");
        failed(ErrorCode::exists, encrypt("a", "b", {{"key-file", "key"}, {"no-clobber", "true"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("old"), folder_.read("b"));
    }
    void a_file_that_the_system_makes_up_is_read_whole() {
        const auto call = encrypt("/proc/self/status", "b");
        fine(call);
        CPPUNIT_ASSERT(*call->result.find("bytes")->as_uint() > 100);
    }
    void wants_to_know_where_it_goes() {
        testing::FakeCall call(folder_.path().string());
        call.given.add_operand("IN", "key");
        EncryptCommand(parts_).run(call);
        CPPUNIT_ASSERT(call.error->code == ErrorCode::usage);
    }
    void a_json_result_and_data_cannot_share_standard_output() {
        testing::FakeCall call(folder_.path().string());
        call.as_json = true;
        call.given.add_operand("IN", "passphrase");
        call.given.add_option("output", "-");
        call.given.add_option("key-file", "key");
        EncryptCommand(parts_).run(call);
        CPPUNIT_ASSERT(call.error->code == ErrorCode::usage);
    }
    void one_key_is_enough() {
        failed(ErrorCode::usage, encrypt("passphrase", "b",
                                         {{"key-file", "key"}, {"passphrase-file", "passphrase"}}));
        only({});
    }
    void a_missing_input_leaves_nothing() {
        failed(ErrorCode::not_found, encrypt("none", "b"));
        failed(ErrorCode::not_found, decrypt("none", "b"));
        failed(ErrorCode::not_found, encrypt("passphrase", "b", {{"key-file", "none"}}));
        only({});
    }
    void stops_when_cancelled_and_leaves_nothing() {
        folder_.write("a", pattern(5'000'000));
        auto call = std::make_unique<testing::FakeCall>(folder_.path().string());
        call->given.add_operand("IN", "a");
        call->given.add_option("output", "b");
        call->given.add_option("key-file", "key");
        call->work.cancel_at = ByteCount(1'000'000);
        EncryptCommand(parts_).run(*call);
        failed(ErrorCode::cancelled, call);
        only({"a"});
    }
    // The host ends the input of a command that is cancelled.
    void a_cancelled_standard_input_is_no_end() {
        auto call = std::make_unique<testing::FakeCall>(folder_.path().string());
        call->given.add_operand("IN", "-");
        call->given.add_option("output", "b");
        call->given.add_option("key-file", "key");
        call->input.text = pattern(300'000);
        call->input.step = 100'000;
        call->work.cancel_at = ByteCount(1);
        EncryptCommand(parts_).run(*call);
        failed(ErrorCode::cancelled, call);
        only({});
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileCommandTest);

}  // namespace
}  // namespace gantry::crypto

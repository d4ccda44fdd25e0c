#include <crypto/app/digest_command.h>
#include <crypto/net/openssl_digests.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/fake_call.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

// Of "abc".
const std::string kSha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string kSha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
const std::string kMd5 = "900150983cd24fb0d6963f7d28e17f72";
const std::string kOther(64, '0');

class DigestCheckTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestCheckTest);
    CPPUNIT_TEST(files_that_match_are_ok);
    CPPUNIT_TEST(each_line_may_have_another_algorithm);
    CPPUNIT_TEST(a_list_may_come_from_standard_input);
    CPPUNIT_TEST(a_file_that_differs_fails_and_the_others_go_on);
    CPPUNIT_TEST(a_file_that_is_missing_fails);
    CPPUNIT_TEST(missing_files_may_be_left_out);
    CPPUNIT_TEST(quiet_tells_only_what_failed);
    CPPUNIT_TEST(lines_of_another_form_are_counted);
    CPPUNIT_TEST(strict_fails_for_a_line_of_another_form);
    CPPUNIT_TEST(a_list_without_a_digest_is_no_list);
    CPPUNIT_TEST(a_list_that_is_missing_ends_it);
    CPPUNIT_TEST(names_are_escaped_in_what_it_prints);
    CPPUNIT_TEST(stops_when_cancelled);
    CPPUNIT_TEST(stops_when_nobody_reads);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    OpensslDigests digests_;
    DigestCommand command_{digests_};
    testing::FakeCall call_{folder_.path().string()};

    void check(const std::string& list, std::initializer_list<const char*> flags = {}) {
        folder_.write("abc", "abc");
        folder_.write("list", list);
        call_.given.add_option("check", "true");
        for (const auto* flag : flags) call_.given.add_option(flag, "true");
        call_.given.add_operand("FILE", "list");
        command_.run(call_);
        CPPUNIT_ASSERT_EQUAL(1, call_.ends);
    }
    void printed(const std::string& out, const std::string& messages = {}) {
        CPPUNIT_ASSERT_EQUAL(out, call_.output.written);
        CPPUNIT_ASSERT_EQUAL(messages, call_.words.written);
    }
    void failed(ErrorCode code, std::string_view text) {
        CPPUNIT_ASSERT(call_.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(text), describe(*call_.error));
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(call_.error->code)));
    }
    void counts(std::uint64_t matched, std::uint64_t mismatched, std::uint64_t unreadable,
                std::uint64_t malformed) {
        CPPUNIT_ASSERT(*call_.result.find("matched") == Value(matched));
        CPPUNIT_ASSERT(*call_.result.find("mismatched") == Value(mismatched));
        CPPUNIT_ASSERT(*call_.result.find("unreadable") == Value(unreadable));
        CPPUNIT_ASSERT(*call_.result.find("malformed") == Value(malformed));
    }

  public:
    void files_that_match_are_ok() {
        check(kSha256 + "  abc\n" + kSha256 + " *abc\n");
        CPPUNIT_ASSERT(!call_.error);
        printed("abc: OK\nabc: OK\n");
        counts(2, 0, 0, 0);
        CPPUNIT_ASSERT(call_.result.find("files")->as_array()->at(0) ==
                       Value::object().set("path", "abc").set("state", "ok"));
    }
    void each_line_may_have_another_algorithm() {
        check(kMd5 + "  abc\nSHA1 (abc) = " + kSha1 + "\n# a comment\n\nSHA256 (abc) = " + kSha256);
        CPPUNIT_ASSERT(!call_.error);
        counts(3, 0, 0, 0);
    }
    void a_list_may_come_from_standard_input() {
        folder_.write("abc", "abc");
        call_.input.text = kSha256 + "  abc\n";
        call_.given.add_option("check", "true");
        call_.given.add_operand("FILE", "-");
        command_.run(call_);
        printed("abc: OK\n");
    }
    void a_file_that_differs_fails_and_the_others_go_on() {
        check(kOther + "  abc\n" + kSha256 + "  abc\n");
        failed(ErrorCode::integrity, "1 of 2 files do not match their digests");
        printed("abc: FAILED\nabc: OK\n",
                "crypto digest: WARNING: 1 computed checksum did NOT match\n");
        counts(1, 1, 0, 0);
    }
    void a_file_that_is_missing_fails() {
        check(kSha256 + "  abc\n" + kSha256 + "  none\n" + kSha256 + "  neither\n");
        failed(ErrorCode::partial, "2 of 3 files could not be read");
        printed("abc: OK\nnone: FAILED open or read\nneither: FAILED open or read\n",
                "crypto digest: none: no such file or directory\n"
                "crypto digest: neither: no such file or directory\n"
                "crypto digest: WARNING: 2 listed files could not be read\n");
        counts(1, 0, 2, 0);
    }
    void missing_files_may_be_left_out() {
        check(kSha256 + "  none\n" + kSha256 + "  abc\n", {"ignore-missing"});
        CPPUNIT_ASSERT(!call_.error);
        printed("abc: OK\n");
        testing::FakeCall again(folder_.path().string());
        folder_.write("list", kSha256 + "  none\n");
        again.given = call_.given;
        command_.run(again);
        CPPUNIT_ASSERT(again.error->code == ErrorCode::not_found);
        CPPUNIT_ASSERT_EQUAL(std::string("no file was verified"), again.error->message);
    }
    void quiet_tells_only_what_failed() {
        check(kSha256 + "  abc\n" + kOther + "  abc\n", {"quiet"});
        CPPUNIT_ASSERT_EQUAL(std::string("abc: FAILED\n"), call_.output.written);
    }
    void lines_of_another_form_are_counted() {
        check("hello\n" + kSha256 + "  abc\n" + std::string(100'000, 'x') + "\n");
        CPPUNIT_ASSERT(!call_.error);
        printed("abc: OK\n", "crypto digest: WARNING: 2 lines are improperly formatted\n");
        counts(1, 0, 0, 2);
    }
    void strict_fails_for_a_line_of_another_form() {
        check("hello\n" + kSha256 + "  abc\n", {"strict"});
        failed(ErrorCode::integrity, "a line of the list is improperly formatted");
    }
    void a_list_without_a_digest_is_no_list() {
        check("hello\n");
        failed(ErrorCode::integrity, "list: no line of it is a digest and a name");
        testing::FakeCall again(folder_.path().string());
        folder_.write("list", "");
        again.given = call_.given;
        command_.run(again);
        CPPUNIT_ASSERT(again.error->code == ErrorCode::integrity);
    }
    void a_list_that_is_missing_ends_it() {
        call_.given.add_option("check", "true");
        call_.given.add_operand("FILE", "none");
        command_.run(call_);
        failed(ErrorCode::not_found, "none: no such file or directory");
    }
    void names_are_escaped_in_what_it_prints() {
        folder_.write("a\nb", "abc");
        check("\\" + kSha256 + "  a\\nb\n");
        printed("\\a\\nb: OK\n");
    }
    void stops_when_cancelled() {
        folder_.write("large", std::string(5 << 20, 'x'));
        call_.work.cancel_at = ByteCount(2 << 20);
        check(kSha256 + "  large\n" + kSha256 + "  abc\n");
        failed(ErrorCode::cancelled, "large: cancelled");
    }
    void stops_when_nobody_reads() {
        call_.output.closed = true;
        check(kSha256 + "  abc\n" + kSha256 + "  abc\n");
        failed(ErrorCode::closed, "nobody reads");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestCheckTest);

}  // namespace
}  // namespace gantry::crypto

#include <crypto/app/digest_command.h>
#include <crypto/net/openssl_digests.h>

#include <cppunit/extensions/HelperMacros.h>

#include <support/fake_call.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

constexpr auto kSha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr auto kMd5OfAbc = "900150983cd24fb0d6963f7d28e17f72";

class DigestCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DigestCommandTest);
    CPPUNIT_TEST(prints_a_line_and_answers_the_same_as_a_value);
    CPPUNIT_TEST(computes_the_algorithm_that_was_asked_for);
    CPPUNIT_TEST(reads_standard_input_for_a_lone_dash);
    CPPUNIT_TEST(the_digest_of_an_empty_file_is_printed_too);
    CPPUNIT_TEST(each_file_starts_anew);
    CPPUNIT_TEST(tells_its_progress);
    CPPUNIT_TEST(does_not_know_the_total_when_one_is_no_regular_file);
    CPPUNIT_TEST(a_missing_file_alone_is_not_found);
    CPPUNIT_TEST(some_missing_files_are_a_partial_success);
    CPPUNIT_TEST(all_missing_files_are_not_found);
    CPPUNIT_TEST(a_folder_is_no_file);
    CPPUNIT_TEST(stops_within_one_block_when_cancelled);
    CPPUNIT_TEST(stops_when_nobody_reads);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    OpensslDigests digests_;
    DigestCommand command_{digests_};
    testing::FakeCall call_{folder_.path().string()};

    void run(std::initializer_list<const char*> names, const char* algorithm = "sha256") {
        call_.given.add_option("algorithm", algorithm);
        for (const auto* name : names) call_.given.add_operand("FILE", name);
        command_.run(call_);
        CPPUNIT_ASSERT_EQUAL(1, call_.ends);
    }
    const Value& item(std::string_view list, std::size_t i) {
        const auto* found = call_.result.find(list);
        CPPUNIT_ASSERT(found && found->as_array());
        return found->as_array()->at(i);
    }
    void failed(ErrorCode code, std::string_view text) {
        CPPUNIT_ASSERT(call_.error.has_value());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(call_.error->code)));
        CPPUNIT_ASSERT_EQUAL(std::string(text), describe(*call_.error));
    }

  public:
    void prints_a_line_and_answers_the_same_as_a_value() {
        folder_.write("a", "abc");
        run({"a"});
        CPPUNIT_ASSERT_EQUAL(std::string(kSha256OfAbc) + "  a\n", call_.output.written);
        CPPUNIT_ASSERT(item("files", 0) == Value::object()
                                               .set("path", "a")
                                               .set("algorithm", "sha256")
                                               .set("value", kSha256OfAbc)
                                               .set("bytes", std::uint64_t{3}));
        CPPUNIT_ASSERT(!call_.error && !call_.result.find("failed"));
    }
    void computes_the_algorithm_that_was_asked_for() {
        folder_.write("a", "abc");
        run({"a"}, "md5");
        CPPUNIT_ASSERT_EQUAL(std::string(kMd5OfAbc) + "  a\n", call_.output.written);
        CPPUNIT_ASSERT(*item("files", 0).find("algorithm") == Value("md5"));
    }
    void reads_standard_input_for_a_lone_dash() {
        call_.input.text = "abc";
        run({"-"});
        CPPUNIT_ASSERT_EQUAL(std::string(kSha256OfAbc) + "  -\n", call_.output.written);
    }
    void the_digest_of_an_empty_file_is_printed_too() {
        folder_.write("a", "");
        run({"a"}, "md5");
        CPPUNIT_ASSERT_EQUAL(std::string("d41d8cd98f00b204e9800998ecf8427e  a\n"),
                             call_.output.written);
    }
    void each_file_starts_anew() {
        folder_.write("a", "abc");
        folder_.write("b", "abc");
        run({"a", "none", "b"}, "md5");
        CPPUNIT_ASSERT_EQUAL(std::string(kMd5OfAbc) + "  a\n" + kMd5OfAbc + "  b\n",
                             call_.output.written);
    }
    void tells_its_progress() {
        folder_.write("a", std::string(3'000'000, 'x'));
        folder_.write("b", "abc");
        run({"a", "b"});
        CPPUNIT_ASSERT(call_.work.total == ByteCount(3'000'003));
        CPPUNIT_ASSERT(call_.work.done == ByteCount(3'000'003));
    }
    void does_not_know_the_total_when_one_is_no_regular_file() {
        folder_.write("a", "abc");
        run({"a", "-"});
        CPPUNIT_ASSERT(!call_.work.total);
        CPPUNIT_ASSERT(!call_.error);
    }
    void a_missing_file_alone_is_not_found() {
        run({"none"});
        failed(ErrorCode::not_found, "none: no such file or directory");
        CPPUNIT_ASSERT_EQUAL(std::string(), call_.words.written);  // the host prints the error
    }
    void some_missing_files_are_a_partial_success() {
        folder_.write("a", "abc");
        run({"none", "a"});
        failed(ErrorCode::partial, "1 of 2 files could not be read");
        CPPUNIT_ASSERT_EQUAL(std::string(kSha256OfAbc) + "  a\n", call_.output.written);
        CPPUNIT_ASSERT_EQUAL(std::string("crypto digest: none: no such file or directory\n"),
                             call_.words.written);
        CPPUNIT_ASSERT(*item("files", 0).find("path") == Value("a"));
        CPPUNIT_ASSERT(*item("failed", 0).find("path") == Value("none"));
        CPPUNIT_ASSERT(*item("failed", 0).find("error")->find("name") == Value("not_found"));
    }
    void all_missing_files_are_not_found() {
        run({"none", "neither"});
        failed(ErrorCode::not_found, "2 of 2 files could not be read");
    }
    void a_folder_is_no_file() {
        folder_.write("deep/a", "");
        run({"deep"});
        failed(ErrorCode::usage, "deep: is a directory");
    }
    void stops_within_one_block_when_cancelled() {
        folder_.write("a", std::string(5 << 20, 'x'));
        call_.work.cancel_at = ByteCount(2 << 20);
        run({"a"});
        failed(ErrorCode::cancelled, "a: cancelled");
        CPPUNIT_ASSERT(call_.work.done == ByteCount(2 << 20));
        CPPUNIT_ASSERT_EQUAL(std::string(), call_.output.written);
    }
    void stops_when_nobody_reads() {
        folder_.write("a", "abc");
        call_.output.closed = true;
        run({"a", "a"});
        failed(ErrorCode::closed, "nobody reads");
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DigestCommandTest);

}  // namespace
}  // namespace gantry::crypto

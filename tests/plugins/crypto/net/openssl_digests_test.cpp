#include <crypto/net/openssl_digests.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry::crypto {
namespace {

using enum DigestAlgorithm;

// Two blocks and a little more than their padding, of every algorithm here.
constexpr std::size_t kLongest = 64 * 2 + 10;

class OpensslDigestsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OpensslDigestsTest);
    CPPUNIT_TEST(computes_the_sha1_examples_of_fips_180);
    CPPUNIT_TEST(computes_the_sha256_examples_of_fips_180);
    CPPUNIT_TEST(computes_the_md5_test_suite_of_rfc_1321);
    CPPUNIT_TEST(parts_give_what_the_whole_gives_at_every_block_boundary);
    CPPUNIT_TEST(single_bytes_give_what_the_whole_gives);
    CPPUNIT_TEST(starts_anew_after_finish);
    CPPUNIT_TEST(running_digests_do_not_meet);
    CPPUNIT_TEST(an_unknown_algorithm_is_unsupported);
    CPPUNIT_TEST_SUITE_END();

    OpensslDigests digests_;
    std::unique_ptr<Digest> make(DigestAlgorithm algorithm) {
        return digests_.create(algorithm).value();
    }
    std::string hex(DigestAlgorithm algorithm, std::string_view text) {
        const auto digest = make(algorithm);
        digest->update(as_bytes(text));
        return to_hex(digest->finish());
    }
    void gives(const char* expected, DigestAlgorithm algorithm, std::string_view text) {
        CPPUNIT_ASSERT_EQUAL(std::string(expected), hex(algorithm, text));
    }
    static std::string pattern(std::size_t length) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(i * 7 + 3);
        return text;
    }
    static constexpr auto kTwoBlocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";

  public:
    void computes_the_sha1_examples_of_fips_180() {
        gives("a9993e364706816aba3e25717850c26c9cd0d89d", sha1, "abc");
        gives("84983e441c3bd26ebaae4aa1f95129e5e54670f1", sha1, kTwoBlocks);
        gives("34aa973cd4c4daa4f61eeb2bdbad27316534016f", sha1, std::string(1'000'000, 'a'));
    }
    void computes_the_sha256_examples_of_fips_180() {
        gives("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sha256, "abc");
        gives("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1", sha256,
              kTwoBlocks);
        gives("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0", sha256,
              std::string(1'000'000, 'a'));
    }
    // RFC 1321, appendix A.5.
    void computes_the_md5_test_suite_of_rfc_1321() {
        gives("d41d8cd98f00b204e9800998ecf8427e", md5, "");
        gives("0cc175b9c0f1b6a831c399e269772661", md5, "a");
        gives("900150983cd24fb0d6963f7d28e17f72", md5, "abc");
        gives("f96b697d7cb7938d525a2f31aaf161d0", md5, "message digest");
        gives("c3fcd3d76192e4007dfb496cca67e13b", md5, "abcdefghijklmnopqrstuvwxyz");
        gives("d174ab98d277d9f5a5611c2c9f419d9f", md5,
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        gives("57edf4a22be3c955ac49da2e2107b67a", md5,
              "1234567890123456789012345678901234567890"
              "1234567890123456789012345678901234567890");
    }
    void parts_give_what_the_whole_gives_at_every_block_boundary() {
        for (const auto algorithm : {sha256, sha1, md5})
            for (std::size_t length = 0; length <= kLongest; ++length) {
                const auto text = pattern(length);
                const auto whole = hex(algorithm, text);
                for (const std::size_t cut : {std::size_t{0}, length / 3, length / 2, length}) {
                    const auto digest = make(algorithm);
                    digest->update(as_bytes(text).first(cut));
                    digest->update(as_bytes(text).subspan(cut));
                    CPPUNIT_ASSERT_EQUAL(whole, to_hex(digest->finish()));
                }
            }
    }
    void single_bytes_give_what_the_whole_gives() {
        const auto text = pattern(kLongest);
        for (const auto algorithm : {sha256, sha1, md5}) {
            const auto digest = make(algorithm);
            for (const auto byte : as_bytes(text)) digest->update({&byte, 1});
            CPPUNIT_ASSERT_EQUAL(hex(algorithm, text), to_hex(digest->finish()));
        }
    }
    void starts_anew_after_finish() {
        const auto digest = make(sha1);
        digest->update(as_bytes("something else"));
        (void)digest->finish();
        digest->update(as_bytes("abc"));
        CPPUNIT_ASSERT_EQUAL(hex(sha1, "abc"), to_hex(digest->finish()));
        CPPUNIT_ASSERT_EQUAL(hex(sha1, ""), to_hex(digest->finish()));
    }
    void running_digests_do_not_meet() {
        const auto a = make(sha256), b = make(sha256);
        a->update(as_bytes("a"));
        b->update(as_bytes("ab"));
        a->update(as_bytes("bc"));
        CPPUNIT_ASSERT_EQUAL(hex(sha256, "ab"), to_hex(b->finish()));
        CPPUNIT_ASSERT_EQUAL(hex(sha256, "abc"), to_hex(a->finish()));
    }
    void an_unknown_algorithm_is_unsupported() {
        const auto made = digests_.create(static_cast<DigestAlgorithm>(99));
        CPPUNIT_ASSERT(made.error().code == ErrorCode::unsupported);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpensslDigestsTest);

}  // namespace
}  // namespace gantry::crypto

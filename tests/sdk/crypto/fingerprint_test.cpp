#include <gantry/crypto/fingerprint.h>

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

const std::string kHex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eFF";

class FingerprintTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FingerprintTest);
    CPPUNIT_TEST(reads_what_it_writes);
    CPPUNIT_TEST(takes_the_forms_that_other_tools_print);
    CPPUNIT_TEST(refuses_all_else);
    CPPUNIT_TEST_SUITE_END();

    static std::string with_colons() {
        std::string text;
        for (std::size_t i = 0; i < kHex.size(); i += 2)
            text += (i == 0 ? "" : ":") + kHex.substr(i, 2);
        return text;
    }

  public:
    void reads_what_it_writes() {
        const auto read = Fingerprint::parse("sha256:" + kHex);
        CPPUNIT_ASSERT(read.ok());
        CPPUNIT_ASSERT(read->bytes()[1] == std::byte{1} && read->bytes()[31] == std::byte{255});
        CPPUNIT_ASSERT(Fingerprint::parse(read->to_string()).value() == *read);
        CPPUNIT_ASSERT_EQUAL(std::string("sha256:00"), read->to_string().substr(0, 9));
    }
    void takes_the_forms_that_other_tools_print() {
        const auto wanted = Fingerprint::parse(kHex).value();
        for (const auto& text : {with_colons(), "SHA256:" + with_colons(), "Sha256:" + kHex})
            CPPUNIT_ASSERT_MESSAGE(text, Fingerprint::parse(text).ok());
        CPPUNIT_ASSERT(Fingerprint::parse(with_colons()).value() == wanted);
    }
    void refuses_all_else() {
        for (const auto& text :
             {std::string(), std::string("sha256:"), kHex.substr(2), kHex + "00", "md5:" + kHex,
              ":" + kHex, kHex + ":", "g" + kHex.substr(1), kHex.substr(1) + ":"}) {
            const auto read = Fingerprint::parse(text);
            CPPUNIT_ASSERT_MESSAGE(text, !read.ok());
            CPPUNIT_ASSERT(read.error().code == ErrorCode::usage);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FingerprintTest);

}  // namespace
}  // namespace gantry

#include <crypto/wire/file_header.h>
#include <gantry/crypto/digest.h>

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

namespace gantry::crypto {
namespace {

using Bytes = std::vector<std::byte>;

// docs/protocols/crypto.md section 2: magic, version, cipher, key kind, chunk size, scrypt, 0.
constexpr auto kStartForKeyFile =
    "89474e450d0a1a0a"
    "01010110"
    "00000000";
constexpr auto kStartForPassphrase =
    "89474e450d0a1a0a"
    "01020210"
    "11080100";

class FileHeaderTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileHeaderTest);
    CPPUNIT_TEST(encodes_as_the_document_says);
    CPPUNIT_TEST(decodes_what_it_encoded);
    CPPUNIT_TEST(what_is_signed_is_all_before_the_mac);
    CPPUNIT_TEST(refuses_every_cut);
    CPPUNIT_TEST(a_bit_in_the_magic_makes_it_another_file);
    CPPUNIT_TEST(refuses_versions_and_kinds_that_it_does_not_know);
    CPPUNIT_TEST(holds_scrypt_to_its_limits);
    CPPUNIT_TEST(a_key_file_has_no_cost);
    CPPUNIT_TEST(no_changed_bit_is_read_as_the_same);
    CPPUNIT_TEST_SUITE_END();

    static FileHeader for_passphrase(ScryptCost cost = {}) {
        FileHeader header;
        header.cipher = AeadAlgorithm::chacha20_poly1305;
        header.key_kind = KeyKind::passphrase;
        header.cost = cost;
        header.salt.fill(std::byte{0x5a});
        header.mac.fill(std::byte{0xa5});
        return header;
    }
    static std::string start_of(const FileHeader& header) {
        return to_hex(ByteView(header.encode()).first(16));
    }
    static Bytes with(std::size_t at, unsigned value, const FileHeader& header = {}) {
        const auto encoded = header.encode();
        Bytes bytes(encoded.begin(), encoded.end());
        bytes[at] = static_cast<std::byte>(value);
        return bytes;
    }
    static void refuses(ErrorCode code, const Bytes& bytes) {
        const auto decoded = FileHeader::decode(bytes);
        CPPUNIT_ASSERT(!decoded.ok());
        CPPUNIT_ASSERT_EQUAL(std::string(error_name(code)),
                             std::string(error_name(decoded.error().code)));
    }

  public:
    void encodes_as_the_document_says() {
        CPPUNIT_ASSERT_EQUAL(std::string(kStartForKeyFile), start_of({}));
        CPPUNIT_ASSERT_EQUAL(std::string(kStartForPassphrase), start_of(for_passphrase()));
        const auto bytes = for_passphrase().encode();
        CPPUNIT_ASSERT(bytes[16] == std::byte{0x5a} && bytes[47] == std::byte{0x5a});
        CPPUNIT_ASSERT(bytes[48] == std::byte{0xa5} && bytes[79] == std::byte{0xa5});
    }
    void decodes_what_it_encoded() {
        CPPUNIT_ASSERT(FileHeader::decode(FileHeader{}.encode()).value() == FileHeader{});
        const auto header = for_passphrase({.log2_n = 20, .r = 8, .p = 4});
        CPPUNIT_ASSERT(FileHeader::decode(header.encode()).value() == header);
    }
    void what_is_signed_is_all_before_the_mac() {
        const auto whole = for_passphrase().encode();
        CPPUNIT_ASSERT_EQUAL(to_hex(ByteView(whole).first(48)),
                             to_hex(for_passphrase().signed_part()));
    }
    void refuses_every_cut() {
        const auto whole = for_passphrase().encode();
        for (std::size_t size = 0; size < whole.size(); ++size)
            refuses(ErrorCode::integrity,
                    Bytes(whole.begin(), whole.begin() + static_cast<long>(size)));
    }
    void a_bit_in_the_magic_makes_it_another_file() {
        for (std::size_t bit = 0; bit < 64; ++bit) {
            const auto old = std::to_integer<unsigned>(FileHeader{}.encode()[bit / 8]);
            refuses(ErrorCode::integrity, with(bit / 8, old ^ (1U << (bit % 8))));
        }
    }
    void refuses_versions_and_kinds_that_it_does_not_know() {
        for (const unsigned value : {0U, 2U, 255U}) refuses(ErrorCode::unsupported, with(8, value));
        for (const unsigned value : {0U, 3U, 255U}) refuses(ErrorCode::unsupported, with(9, value));
        for (const unsigned value : {0U, 3U, 255U})
            refuses(ErrorCode::unsupported, with(10, value));
        for (const unsigned value : {0U, 15U, 17U, 255U})
            refuses(ErrorCode::unsupported, with(11, value));
        refuses(ErrorCode::unsupported, with(15, 1));
    }
    void holds_scrypt_to_its_limits() {
        for (const unsigned value : {0U, 9U, 21U, 255U})
            refuses(ErrorCode::limit, with(12, value, for_passphrase()));
        for (const unsigned value : {0U, 7U, 9U, 255U})
            refuses(ErrorCode::limit, with(13, value, for_passphrase()));
        for (const unsigned value : {0U, 5U, 255U})
            refuses(ErrorCode::limit, with(14, value, for_passphrase()));
        CPPUNIT_ASSERT(FileHeader::decode(with(12, 10, for_passphrase())).ok());
        CPPUNIT_ASSERT(FileHeader::decode(with(12, 20, for_passphrase())).ok());
    }
    void a_key_file_has_no_cost() {
        for (const std::size_t at : {12U, 13U, 14U}) refuses(ErrorCode::unsupported, with(at, 1));
    }
    void no_changed_bit_is_read_as_the_same() {
        const auto header = for_passphrase();
        for (std::size_t bit = 0; bit < 8 * FileHeader::kSize; ++bit) {
            const auto old = std::to_integer<unsigned>(header.encode()[bit / 8]);
            const auto decoded = FileHeader::decode(with(bit / 8, old ^ (1U << (bit % 8)), header));
            CPPUNIT_ASSERT(!decoded || *decoded != header);
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileHeaderTest);

}  // namespace
}  // namespace gantry::crypto

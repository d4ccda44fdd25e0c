#include <crypto/core/file_keys.h>
#include <crypto/net/openssl_kdf.h>
#include <gantry/crypto/digest.h>

#include <cppunit/extensions/HelperMacros.h>

#include <vector>

namespace gantry::crypto {
namespace {

class FileKeysTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FileKeysTest);
    CPPUNIT_TEST(a_signed_header_fits_its_key);
    CPPUNIT_TEST(another_key_is_refused);
    CPPUNIT_TEST(every_changed_bit_of_a_header_is_refused);
    CPPUNIT_TEST(the_payload_key_hangs_on_every_bit_of_the_header);
    CPPUNIT_TEST(header_and_payload_have_different_keys);
    CPPUNIT_TEST(derives_by_the_labels_of_the_document);
    CPPUNIT_TEST(a_passphrase_goes_through_scrypt_with_the_salt);
    CPPUNIT_TEST(a_fingerprint_is_the_same_for_the_same_key);
    CPPUNIT_TEST_SUITE_END();

    CoreDumpShield shield_;
    OpensslKdf kdf_{shield_};
    std::vector<std::byte> master_ = std::vector<std::byte>(32, std::byte{1});

    FileHeader make() {
        FileHeader header;
        header.key_kind = KeyKind::passphrase;
        header.cost = {.log2_n = 10, .r = 8, .p = 1};
        header.salt.fill(std::byte{2});
        CPPUNIT_ASSERT(sign_header(kdf_, master_, header).ok());
        return header;
    }

  public:
    void a_signed_header_fits_its_key() {
        CPPUNIT_ASSERT(check_header(kdf_, master_, make()).ok());
    }
    void another_key_is_refused() {
        const auto header = make();
        master_[5] ^= std::byte{1};
        CPPUNIT_ASSERT(check_header(kdf_, master_, header).error().code == ErrorCode::security);
    }
    void every_changed_bit_of_a_header_is_refused() {
        const auto bytes = make().encode();
        for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
            auto changed = bytes;
            changed[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
            const auto header = FileHeader::decode(changed);
            CPPUNIT_ASSERT_MESSAGE(std::to_string(bit),
                                   !header || !check_header(kdf_, master_, *header));
        }
    }
    void the_payload_key_hangs_on_every_bit_of_the_header() {
        const auto header = make();
        const auto key = to_hex(payload_key(kdf_, master_, header)->view());
        auto other = header;
        other.salt[31] ^= std::byte{1};
        CPPUNIT_ASSERT(key != to_hex(payload_key(kdf_, master_, other)->view()));
        other = header;
        other.cipher = AeadAlgorithm::chacha20_poly1305;
        CPPUNIT_ASSERT(key != to_hex(payload_key(kdf_, master_, other)->view()));
        other = header;
        other.cost.p = 2;
        CPPUNIT_ASSERT(key != to_hex(payload_key(kdf_, master_, other)->view()));
    }
    void header_and_payload_have_different_keys() {
        auto header = make();
        const auto mac_key = kdf_.hkdf(DigestAlgorithm::sha256, master_, header.salt,
                                       as_bytes("gantry file 1 header"), 32);
        CPPUNIT_ASSERT(to_hex(mac_key->view()) !=
                       to_hex(payload_key(kdf_, master_, header)->view()));
    }
    // The same steps in the words of docs/protocols/crypto.md, by the service alone.
    void derives_by_the_labels_of_the_document() {
        const auto header = make();
        const auto key = kdf_.hkdf(DigestAlgorithm::sha256, master_, header.salt,
                                   as_bytes("gantry file 1 header"), 32);
        const auto mac = kdf_.hmac(DigestAlgorithm::sha256, key->view()).value();
        mac->update(ByteView(header.encode()).first(48));
        CPPUNIT_ASSERT_EQUAL(to_hex(mac->finish()), to_hex(header.mac));
        std::string info = "gantry file 1 payload";
        info += as_text(ByteView(header.encode()).first(48));
        const auto payload =
            kdf_.hkdf(DigestAlgorithm::sha256, master_, header.salt, as_bytes(info), 32);
        CPPUNIT_ASSERT_EQUAL(to_hex(payload->view()),
                             to_hex(payload_key(kdf_, master_, header)->view()));
    }
    void a_passphrase_goes_through_scrypt_with_the_salt() {
        const auto header = make();
        const auto secret = passphrase_secret(kdf_, as_bytes("open sesame"), header).value();
        CPPUNIT_ASSERT_EQUAL(
            to_hex(kdf_.scrypt(as_bytes("open sesame"), header.salt, header.cost, 32)->view()),
            to_hex(secret.view()));
    }
    void a_fingerprint_is_the_same_for_the_same_key() {
        const auto one = key_fingerprint(kdf_, master_).value();
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, one.size());
        CPPUNIT_ASSERT_EQUAL(one, key_fingerprint(kdf_, master_).value());
        master_[0] ^= std::byte{1};
        CPPUNIT_ASSERT(one != key_fingerprint(kdf_, master_).value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FileKeysTest);

}  // namespace
}  // namespace gantry::crypto

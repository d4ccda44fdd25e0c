#include <crypto/core/tls_psk.h>
#include <crypto/net/key_files.h>
#include <crypto_support/engine_pair.h>
#include <sys/stat.h>

#include <cppunit/extensions/HelperMacros.h>
#include <support/temporary_folder.h>

namespace gantry::crypto {
namespace {

// The key file of docs/protocols/crypto.md, section 3.
constexpr char kSecret[] = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
// Printed by `openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:... -kdfopt salt:
// -kdfopt info:"gantry tls 1 psk" HKDF`.
constexpr char kPsk[] = "53239d94ec182243e9a39c5faad8dc4450e111edb84f689d8cb5b1d7e745bd88";

class TlsPskTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TlsPskTest);
    CPPUNIT_TEST(the_key_comes_from_the_secret);
    CPPUNIT_TEST(a_key_without_a_name_is_called_by_its_fingerprint);
    CPPUNIT_TEST(a_key_file_has_another_key_for_each_purpose);
    CPPUNIT_TEST(key_files_of_two_people_open_a_connection);
    CPPUNIT_TEST(a_secret_that_others_may_read_is_refused);
    CPPUNIT_TEST(a_certificate_file_holds_both);
    CPPUNIT_TEST(what_holds_something_else_is_refused);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;

    std::string write(const std::string& name, const std::string& text, unsigned mode = 0600) {
        const auto path = folder_.write(name, text);
        CPPUNIT_ASSERT_EQUAL(0, ::chmod(path.c_str(), mode));
        return path;
    }
    std::string key_file(const std::string& name, unsigned mode = 0600) {
        return write(name, "gantry-key 1\nname " + name + "\nsecret " + kSecret + "\n", mode);
    }

  public:
    void the_key_comes_from_the_secret() {
        const auto psk = must(openssl_tls().load_psk(key_file("alice")));
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), psk.identity);
        CPPUNIT_ASSERT_EQUAL(std::string(kPsk), to_hex(psk.key.view()));
    }
    void a_key_without_a_name_is_called_by_its_fingerprint() {
        const auto path = write("key", std::string("gantry-key 1\nsecret ") + kSecret + "\n");
        CPPUNIT_ASSERT_EQUAL(std::string("key-65c2764dae845f2b"),
                             must(openssl_tls().load_psk(path)).identity);
    }
    void a_key_file_has_another_key_for_each_purpose() {
        CoreDumpShield shield;
        OpensslKdf kdf(shield);
        KeyFiles files(kdf);
        const auto path = key_file("alice");
        const auto psk = must(files.derive(path, "gantry tls 1 psk"));
        CPPUNIT_ASSERT_EQUAL(std::string("alice"), psk.identity);
        CPPUNIT_ASSERT_EQUAL(std::string(kPsk), to_hex(psk.key.view()));
        // The base in docs/protocols/cs.md, computed with hmac and hashlib of Python.
        CPPUNIT_ASSERT_EQUAL(
            std::string("6bc0af1ebcce2fdcbfc7b1ad7606e15d4c84d603c17b535ab87938079dc98bf6"),
            to_hex(must(files.derive(path, "gantry cs 1 encrypted file")).key.view()));
        CPPUNIT_ASSERT(files.derive(key_file("open", 0644), "x").error().code == ErrorCode::denied);
        const auto none = files.derive((folder_ / "none").string(), "x");
        CPPUNIT_ASSERT(none.error().code == ErrorCode::not_found);
    }
    void key_files_of_two_people_open_a_connection() {
        TlsServerSettings server;
        server.psks.push_back(must(openssl_tls().load_psk(key_file("alice"))));
        server.psks.push_back(must(openssl_tls().load_psk(key_file("bob"))));
        EnginePair pair({.psk = must(openssl_tls().load_psk(key_file("bob")))}, server);
        CPPUNIT_ASSERT(pair.pump().open());
        CPPUNIT_ASSERT_EQUAL(std::string("psk:bob"), pair.server->peer().identity);
    }
    void a_secret_that_others_may_read_is_refused() {
        const auto& made = TestCertificates::get().server;
        const auto both = made.chain_pem + std::string(as_text(made.key_pem.view()));
        CPPUNIT_ASSERT(openssl_tls().load_psk(key_file("alice", 0640)).error().code ==
                       ErrorCode::denied);
        CPPUNIT_ASSERT(openssl_tls().load_certificate(write("c", both, 0604)).error().code ==
                       ErrorCode::denied);
    }
    void a_certificate_file_holds_both() {
        const auto& made = TestCertificates::get();
        const auto path = write("c", std::string(as_text(made.issued.key_pem.view())) +
                                         made.issued.chain_pem + made.authority.chain_pem);
        const auto loaded = must(openssl_tls().load_certificate(path));
        CPPUNIT_ASSERT_EQUAL(made.issued.chain_pem + made.authority.chain_pem, loaded.chain_pem);
        CPPUNIT_ASSERT(openssl_tls().server({.certificate = copy_of(loaded)}).ok());
        const auto ca = must(openssl_tls().load_ca(write("ca", made.authority.chain_pem, 0644)));
        CPPUNIT_ASSERT_EQUAL(made.authority.chain_pem, ca.pem);
    }
    void what_holds_something_else_is_refused() {
        const auto text = write("text", "nothing of the kind\n");
        CPPUNIT_ASSERT(openssl_tls().load_psk(text).error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(openssl_tls().load_certificate(text).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(openssl_tls().load_ca(text).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT_EQUAL(text, openssl_tls().load_ca(text).error().context);
        const auto long_one = write("long", std::string(tls_limits::kPemBytes + 1, '\n'));
        CPPUNIT_ASSERT(openssl_tls().load_certificate(long_one).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(openssl_tls().load_ca(long_one).error().code == ErrorCode::limit);
        CPPUNIT_ASSERT(openssl_tls().load_ca(folder_ / "none").error().code ==
                       ErrorCode::not_found);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TlsPskTest);

}  // namespace
}  // namespace gantry::crypto

#include <cppunit/extensions/HelperMacros.h>
#include <crypto_support/test_certificates.h>

namespace gantry::crypto {
namespace {

class CertificatesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CertificatesTest);
    CPPUNIT_TEST(a_new_certificate_says_what_was_asked_for);
    CPPUNIT_TEST(both_kinds_of_key_can_be_made);
    CPPUNIT_TEST(an_issued_one_is_not_self_made);
    CPPUNIT_TEST(two_are_never_the_same);
    CPPUNIT_TEST(all_of_a_text_are_read);
    CPPUNIT_TEST(requests_that_make_no_sense_are_refused);
    CPPUNIT_TEST(the_fingerprint_is_that_of_the_der_form);
    CPPUNIT_TEST_SUITE_END();

    static CertificateFacts facts(const TlsCertificate& certificate) {
        return must(read_certificates(certificate.chain_pem)).front();
    }

  public:
    void a_new_certificate_says_what_was_asked_for() {
        const auto made = make_test_certificate(
            {.name = "files", .hosts = {"files.example", "192.0.2.1", "2001:db8::1"}});
        const auto told = facts(made);
        CPPUNIT_ASSERT_EQUAL(std::string("CN=files"), told.subject);
        CPPUNIT_ASSERT_EQUAL(told.subject, told.issuer);
        CPPUNIT_ASSERT(told.hosts ==
                       (std::vector<std::string>{"files.example", "192.0.2.1", "2001:db8::1"}));
        CPPUNIT_ASSERT(told.from == kTestNow - kDay && told.until == kTestNow + 30 * kDay);
        CPPUNIT_ASSERT(told.self_made);
        CPPUNIT_ASSERT_EQUAL(std::string("2029-12-31 00:00:00 UTC"), format_time(told.from));
    }
    void both_kinds_of_key_can_be_made() {
        CPPUNIT_ASSERT_EQUAL(std::string("ED25519"),
                             facts(make_test_certificate({.kind = KeyAlgorithm::ed25519})).key);
        CPPUNIT_ASSERT_EQUAL(std::string("EC prime256v1"),
                             facts(make_test_certificate({.kind = KeyAlgorithm::p256})).key);
    }
    void an_issued_one_is_not_self_made() {
        const auto told = facts(TestCertificates::get().issued);
        CPPUNIT_ASSERT_EQUAL(std::string("CN=authority"), told.issuer);
        CPPUNIT_ASSERT(!told.self_made);
    }
    void two_are_never_the_same() {
        CPPUNIT_ASSERT(facts(make_test_certificate()).fingerprint !=
                       facts(make_test_certificate()).fingerprint);
    }
    void all_of_a_text_are_read() {
        const auto& made = TestCertificates::get();
        const auto key = std::string(as_text(made.server.key_pem.view()));
        const auto all =
            must(read_certificates(made.server.chain_pem + key + made.other.chain_pem + "end"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, all.size());
        CPPUNIT_ASSERT_EQUAL(std::string("CN=other"), all[1].subject);
        CPPUNIT_ASSERT(read_certificates(key).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!read_certificates(made.server.chain_pem.substr(0, 200)).ok());
    }
    void requests_that_make_no_sense_are_refused() {
        CertificateRequest good{.name = "n", .hosts = {}, .until = kTestNow};
        CPPUNIT_ASSERT(make_certificate(good).ok());
        for (const auto& name : {std::string(), std::string(65, 'n'), std::string("a\nb")}) {
            auto request = good;
            request.name = name;
            CPPUNIT_ASSERT(make_certificate(request).error().code == ErrorCode::usage);
        }
        for (const auto& host : {std::string(), std::string("a,DNS:b"), std::string("a b")}) {
            auto request = good;
            request.hosts = {host};
            CPPUNIT_ASSERT(make_certificate(request).error().code == ErrorCode::usage);
        }
        good.until = good.from;
        CPPUNIT_ASSERT(make_certificate(good).error().code == ErrorCode::usage);
    }
    // Made by `openssl req -x509`; the fingerprint is what `openssl x509 -fingerprint` prints.
    void the_fingerprint_is_that_of_the_der_form() {
        constexpr char kPem[] = R"(-----BEGIN CERTIFICATE-----
MIIBODCB66ADAgECAhQOGTAjgwQm55D/i9uNn7Ad9uOqdjAFBgMrZXAwEjEQMA4G
A1UEAwwHZXhhbXBsZTAeFw0yNjExMjIwMzA1MjlaFw0yNjEyMjIwMzA1MjlaMBIx
EDAOBgNVBAMMB2V4YW1wbGUwKjAFBgMrZXADIQBHNwwT9fZmidB3UFTzOuA5EMms
wsrHiLw2mOXi2WHXd6NTMFEwHQYDVR0OBBYEFNsxQZrP6gVhHt44RoWpQa0J7gS7
MB8GA1UdIwQYMBaAFNsxQZrP6gVhHt44RoWpQa0J7gS7MA8GA1UdEwEB/wQFMAMB
Af8wBQYDK2VwA0EAzU/ahtf4kVFdMjVEx+dDMKmTIhPeSCLArYxFcHd9Y6Mkumpf
voEzumM6MPoPz+AL0uuecjv2fVuhlR2BF/SOAQ==
-----END CERTIFICATE-----
)";
        constexpr char kPrinted[] =
            "44:D9:FB:C7:79:BD:B2:0B:91:56:28:27:89:F0:5D:4B:"
            "E7:CA:46:19:79:B7:FD:33:3D:3F:3E:45:A6:BF:59:46";
        CPPUNIT_ASSERT(must(read_certificates(kPem)).front().fingerprint ==
                       Fingerprint::parse(kPrinted).value());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CertificatesTest);

}  // namespace
}  // namespace gantry::crypto

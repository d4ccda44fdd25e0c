#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_kdf.h>
#include <crypto/net/openssl_signature.h>
#include <support/conformance/aead_suite.h>
#include <support/conformance/kdf_suite.h>
#include <support/conformance/signature_suite.h>

namespace gantry::testing::conformance {
namespace {

template <class Service>
class OpensslHarness {
  public:
    Service& service() { return service_; }

  private:
    crypto::CoreDumpShield shield_;
    Service service_{shield_};
};

}  // namespace

CPPUNIT_TEST_SUITE_REGISTRATION(AeadSuite<OpensslHarness<crypto::OpensslAead>>);
CPPUNIT_TEST_SUITE_REGISTRATION(KdfSuite<OpensslHarness<crypto::OpensslKdf>>);
CPPUNIT_TEST_SUITE_REGISTRATION(SignatureSuite<OpensslHarness<crypto::OpensslSignature>>);

}  // namespace gantry::testing::conformance

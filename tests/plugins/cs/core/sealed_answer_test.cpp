#include "sealed_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// Whom a server answers.
class SealedAnswerTest : public SealedFixture {
    CPPUNIT_TEST_SUITE(SealedAnswerTest);
    CPPUNIT_TEST(a_server_admits_by_key_and_proof);
    CPPUNIT_TEST_SUITE_END();

    static std::optional<ErrorCode> admission(const SealKeyRing& keys, const Bytes& body) {
        auto asked = SealedAsk::decode(body);
        if (!asked) return asked.error().code;
        const auto key = keys.admit(*asked);
        return key ? std::nullopt : std::optional(key.error().code);
    }

  public:
    void a_server_admits_by_key_and_proof() {
        const auto exchange = ask();
        const Bytes body(exchange->request_body().begin(), exchange->request_body().end());
        CPPUNIT_ASSERT(!admission(ring(), body));
        CPPUNIT_ASSERT(admission(ring('x'), body) == ErrorCode::security);
        CPPUNIT_ASSERT(admission(SealKeyRing(), body) == ErrorCode::security);
        auto changed = body;
        changed.back() ^= std::byte{1};
        CPPUNIT_ASSERT(admission(ring(), changed) == ErrorCode::security);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedAnswerTest);

#include <gantry/crypto/trust.h>

#include "prints.h"

#include <cppunit/extensions/HelperMacros.h>

namespace gantry {
namespace {

const Fingerprint kShown = print_of('a');
const Fingerprint kOther = print_of('b');

struct Case {
    std::vector<Fingerprint> pins;
    std::vector<Fingerprint> known;
    bool trust_new;
    bool can_ask;
    TrustVerdict verdict;
    const char* words;  // of a refusal
};

class TrustTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TrustTest);
    CPPUNIT_TEST(decides_as_the_table_says);
    CPPUNIT_TEST(another_port_is_another_server);
    CPPUNIT_TEST(the_question_shows_the_fingerprint);
    CPPUNIT_TEST_SUITE_END();

    const HostPort host_{"files.test", 6789};

    TrustDecision decide(const Case& c) const {
        KnownHosts known;
        for (const auto& fingerprint : c.known) CPPUNIT_ASSERT(known.add(host_, fingerprint).ok());
        return decide_trust({host_, kShown, c.pins, c.trust_new, c.can_ask}, known);
    }

  public:
    void decides_as_the_table_says() {
        using enum TrustVerdict;
        const std::vector<Case> cases{
            {{kShown}, {}, false, false, trusted, ""},
            {{kOther, kShown}, {kOther}, false, true, trusted, ""},
            {{kOther}, {}, true, true, refused, "not the one of --pin"},
            {{kOther}, {kShown}, true, true, refused, "not the one of --pin"},
            {{}, {kShown}, false, false, trusted, ""},
            {{}, {kOther, kShown}, false, true, trusted, ""},
            {{}, {kOther}, false, false, refused, "HAS CHANGED"},
            {{}, {kOther}, true, false, refused, "HAS CHANGED"},
            {{}, {kOther}, true, true, refused, "HAS CHANGED"},
            {{}, {}, true, false, remember, ""},
            {{}, {}, true, true, remember, ""},
            {{}, {}, false, true, ask, ""},
            {{}, {}, false, false, refused, "not known yet"},
        };
        for (std::size_t i = 0; i < cases.size(); ++i) {
            const auto decision = decide(cases[i]);
            const auto number = "case " + std::to_string(i);
            CPPUNIT_ASSERT_MESSAGE(number, decision.verdict == cases[i].verdict);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(number, cases[i].verdict == refused,
                                         decision.error.has_value());
            if (!decision.error) continue;
            CPPUNIT_ASSERT(decision.error->code == ErrorCode::security);
            CPPUNIT_ASSERT(decision.error->message.find(cases[i].words) != std::string::npos);
            CPPUNIT_ASSERT(decision.error->message.find(kShown.to_string()) != std::string::npos);
            CPPUNIT_ASSERT_EQUAL(std::string("files.test:6789"), decision.error->context);
        }
    }
    void another_port_is_another_server() {
        KnownHosts known;
        CPPUNIT_ASSERT(known.add({"files.test", 1}, kOther).ok());
        CPPUNIT_ASSERT(decide_trust({host_, kShown, {}, false, true}, known).verdict ==
                       TrustVerdict::ask);
    }
    void the_question_shows_the_fingerprint() {
        const auto text = question_text({host_, kShown, {}, false, true});
        CPPUNIT_ASSERT(text.find(kShown.to_string()) != std::string::npos);
        CPPUNIT_ASSERT(text.find("files.test:6789") != std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TrustTest);

}  // namespace
}  // namespace gantry

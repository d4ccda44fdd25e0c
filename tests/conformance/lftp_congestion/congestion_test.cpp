#include <support/conformance/congestion_suite.h>

namespace gantry::testing::conformance {

struct RenoTraits {
    static constexpr CongestionTraits kTraits{"reno", 2, 0.5, 0.5};
};
struct CubicTraits {
    static constexpr CongestionTraits kTraits{"cubic", 2, 0.7, 0.7};
};
struct LedbatTraits {
    static constexpr CongestionTraits kTraits{"ledbat", 2, 0, 0.5};
};
// The most that the draft lets it fall in a round is Beta.
struct BbrTraits {
    static constexpr CongestionTraits kTraits{"bbr", 4, 0.7, 0.99};
};
struct FixedTraits {
    static constexpr CongestionTraits kTraits{"fixed", 2, 0.5, 3, false};
};

CPPUNIT_TEST_SUITE_REGISTRATION(CongestionSuite<RenoTraits>);
CPPUNIT_TEST_SUITE_REGISTRATION(CongestionSuite<CubicTraits>);
CPPUNIT_TEST_SUITE_REGISTRATION(CongestionSuite<LedbatTraits>);
CPPUNIT_TEST_SUITE_REGISTRATION(CongestionSuite<BbrTraits>);
CPPUNIT_TEST_SUITE_REGISTRATION(CongestionSuite<FixedTraits>);

}  // namespace gantry::testing::conformance

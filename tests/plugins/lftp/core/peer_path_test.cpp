#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/peer_path.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

using std::chrono::milliseconds;
using Verdict = PeerPath::Verdict;

Endpoint at(const char* text) { return Endpoint::parse(text).value(); }
const Endpoint kHome = at("192.0.2.1:4000");
const Endpoint kOtherPort = at("192.0.2.1:4001");
const Endpoint kAway = at("198.51.100.7:4000");
constexpr Duration kProbe = milliseconds(100);

PathToken token(int fill) {
    PathToken out{};
    out.fill(static_cast<std::byte>(fill));
    return out;
}

PeerPath moved_to(const Endpoint& there, std::size_t bytes = 50) {
    PeerPath path(kHome, true);
    path.move_to(there, bytes, TimePoint(), kProbe);
    return path;
}

}  // namespace

class PeerPathTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PeerPathTest);
    CPPUNIT_TEST(sends_three_times_what_came_until_the_address_is_proved);
    CPPUNIT_TEST(follows_at_once_and_asks_there);
    CPPUNIT_TEST(an_answer_proves_the_new_address);
    CPPUNIT_TEST(another_port_is_the_same_path);
    CPPUNIT_TEST(believes_no_answer_that_was_not_asked_for);
    CPPUNIT_TEST(an_answer_to_an_earlier_challenge_is_right_as_well);
    CPPUNIT_TEST(returns_after_three_challenges_without_an_answer);
    CPPUNIT_TEST(returns_also_when_it_could_not_ask);
    CPPUNIT_TEST(back_at_the_proved_address_nothing_is_asked);
    CPPUNIT_TEST_SUITE_END();

  public:
    void sends_three_times_what_came_until_the_address_is_proved() {
        PeerPath path(kHome, false);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, path.allowance());
        path.on_received(kHome, 1000);
        path.on_received(kAway, 5000);
        path.on_sent(kHome, 2900);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100}, path.allowance());
        path.on_sent(kHome, 200);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, path.allowance());
        path.prove();
        CPPUNIT_ASSERT(path.proved() && path.allowance() >= 65'527);
    }
    void follows_at_once_and_asks_there() {
        const auto path = moved_to(kAway);
        CPPUNIT_ASSERT(path.address() == kAway && !path.proved() && path.validating());
        CPPUNIT_ASSERT(path.challenge_due());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{150}, path.allowance());
    }
    void an_answer_proves_the_new_address() {
        auto path = moved_to(kAway);
        path.on_challenge_sent(token(1));
        CPPUNIT_ASSERT(!path.challenge_due());
        CPPUNIT_ASSERT(path.on_response(token(1)) == Verdict::new_path);
        CPPUNIT_ASSERT(path.proved() && !path.validating() && path.address() == kAway);
        CPPUNIT_ASSERT(path.deadline() == TimePoint::max());
    }
    void another_port_is_the_same_path() {
        auto path = moved_to(kOtherPort);
        CPPUNIT_ASSERT(path.deadline() == TimePoint(kProbe));
        path.on_challenge_sent(token(1));
        CPPUNIT_ASSERT(path.on_response(token(1)) == Verdict::same_path);
    }
    void believes_no_answer_that_was_not_asked_for() {
        PeerPath still(kHome, true);
        CPPUNIT_ASSERT(still.on_response(token(0)) == Verdict::unasked);
        auto path = moved_to(kAway);
        CPPUNIT_ASSERT(path.on_response(token(0)) == Verdict::unasked);
        path.on_challenge_sent(token(1));
        CPPUNIT_ASSERT(path.on_response(token(2)) == Verdict::unasked);
        CPPUNIT_ASSERT(!path.proved());
    }
    void an_answer_to_an_earlier_challenge_is_right_as_well() {
        auto path = moved_to(kAway);
        path.on_challenge_sent(token(1));
        path.on_timeout(path.deadline(), kProbe);
        CPPUNIT_ASSERT(path.challenge_due());
        path.on_challenge_sent(token(2));
        CPPUNIT_ASSERT(path.on_response(token(1)) == Verdict::new_path);
    }
    void returns_after_three_challenges_without_an_answer() {
        auto path = moved_to(kAway);
        for (int i = 1; i <= 3; ++i) {
            CPPUNIT_ASSERT(path.challenge_due() && path.address() == kAway);
            path.on_challenge_sent(token(i));
            const TimePoint due = path.deadline();
            path.on_timeout(due - milliseconds(1), kProbe);
            CPPUNIT_ASSERT(!path.challenge_due());
            path.on_timeout(due, kProbe);
        }
        CPPUNIT_ASSERT(path.address() == kHome && path.proved() && !path.challenge_due());
    }
    void returns_also_when_it_could_not_ask() {
        auto path = moved_to(kAway, 1);
        for (int i = 0; i < 3; ++i) path.on_timeout(path.deadline(), kProbe);
        CPPUNIT_ASSERT(path.address() == kHome && path.deadline() == TimePoint::max());
    }
    void back_at_the_proved_address_nothing_is_asked() {
        auto path = moved_to(kAway);
        path.on_challenge_sent(token(1));
        path.move_to(kOtherPort, 50, TimePoint(), kProbe);
        CPPUNIT_ASSERT(path.challenge_due() && path.address() == kOtherPort);
        path.move_to(kHome, 50, TimePoint(), kProbe);
        CPPUNIT_ASSERT(path.proved() && !path.challenge_due() && path.address() == kHome);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PeerPathTest);

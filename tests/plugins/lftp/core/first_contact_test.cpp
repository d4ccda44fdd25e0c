#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/first_contact.h>

#include <array>

using namespace gantry;
using namespace gantry::lftp;

namespace {

constexpr ConnectionId kLocal{0x11};
constexpr ConnectionId kGuess{0x22};
constexpr ConnectionId kServer{0x33};
constexpr Version kOther{0x1A2A3A4A};
constexpr Version kThird{0x1A2A3A4B};
constexpr std::array<std::byte, 3> kCookieBytes{std::byte{1}, std::byte{2}, std::byte{3}};
using Answer = FirstContact::Answer;

RetryPacket retry() { return {kLocal, kServer, kGuess, kCookieBytes}; }

FirstContact contact(std::vector<Version> versions = {kVersion1}) {
    return {kLocal, kGuess, versions.front(), versions};
}

}  // namespace

class FirstContactTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FirstContactTest);
    CPPUNIT_TEST(keeps_cookie_and_id_of_a_retry);
    CPPUNIT_TEST(takes_one_retry_and_none_that_does_not_fit);
    CPPUNIT_TEST(takes_nothing_after_the_first_word_of_the_server);
    CPPUNIT_TEST(goes_on_in_the_best_version_that_both_speak);
    CPPUNIT_TEST(gives_up_where_no_version_is_shared);
    CPPUNIT_TEST(does_not_believe_a_version_negotiation_that_does_not_fit);
    CPPUNIT_TEST(a_retry_may_follow_a_version_negotiation_but_not_the_other_way);
    CPPUNIT_TEST_SUITE_END();

  public:
    void keeps_cookie_and_id_of_a_retry() {
        auto client = contact();
        CPPUNIT_ASSERT(client.retry() == ConnectionId(0) && client.cookie().empty());
        CPPUNIT_ASSERT(client.on_retry(retry()) == Answer::start_over);
        CPPUNIT_ASSERT(client.remote() == kServer && client.retry() == kServer);
        CPPUNIT_ASSERT(client.original() == kGuess);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, client.cookie().size());
    }
    void takes_one_retry_and_none_that_does_not_fit() {
        auto client = contact();
        auto other = retry();
        other.original = ConnectionId(9);
        CPPUNIT_ASSERT(client.on_retry(other) == Answer::ignored);
        other = retry();
        other.destination = ConnectionId(9);
        CPPUNIT_ASSERT(client.on_retry(other) == Answer::ignored);
        other = retry();
        other.source = ConnectionId(0);
        CPPUNIT_ASSERT(client.on_retry(other) == Answer::ignored);
        CPPUNIT_ASSERT(client.on_retry(retry()) == Answer::start_over);
        other = retry();
        other.original = kServer;
        CPPUNIT_ASSERT(client.on_retry(other) == Answer::ignored);
    }
    void takes_nothing_after_the_first_word_of_the_server() {
        auto client = contact();
        client.end();
        CPPUNIT_ASSERT(client.on_retry(retry()) == Answer::ignored);
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {kOther}}) == Answer::ignored);
    }
    void goes_on_in_the_best_version_that_both_speak() {
        auto client = contact({kOther, kThird, kVersion1});
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {Version(7), kVersion1, kThird}}) ==
                       Answer::start_over);
        CPPUNIT_ASSERT(client.version() == kThird && client.remote() == kGuess);
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {kVersion1}}) == Answer::ignored);
    }
    void gives_up_where_no_version_is_shared() {
        auto client = contact();
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {kOther}}) == Answer::give_up);
    }
    void does_not_believe_a_version_negotiation_that_does_not_fit() {
        auto client = contact();
        CPPUNIT_ASSERT(client.on_versions({kLocal, kServer, {kOther}}) == Answer::ignored);
        CPPUNIT_ASSERT(client.on_versions({kServer, kGuess, {kOther}}) == Answer::ignored);
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {kOther, kVersion1}}) ==
                       Answer::ignored);
    }
    void a_retry_may_follow_a_version_negotiation_but_not_the_other_way() {
        auto client = contact({kOther, kVersion1});
        CPPUNIT_ASSERT(client.on_retry(retry()) == Answer::ignored);  // not of that version
        CPPUNIT_ASSERT(client.on_versions({kLocal, kGuess, {kVersion1}}) == Answer::start_over);
        CPPUNIT_ASSERT(client.on_retry(retry()) == Answer::start_over);
        CPPUNIT_ASSERT(client.on_versions({kLocal, kServer, {kThird}}) == Answer::ignored);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FirstContactTest);

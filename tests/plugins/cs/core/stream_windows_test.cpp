#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/stream_windows.h>

using namespace gantry;
using namespace gantry::cs;

class StreamWindowsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamWindowsTest);
    CPPUNIT_TEST(a_stream_has_its_own_limit_within_that_of_all);
    CPPUNIT_TEST(what_is_used_up_gives_credit_to_the_stream_and_to_all);
    CPPUNIT_TEST(a_stream_that_waits_leaves_the_others_their_credit);
    CPPUNIT_TEST(a_stream_that_waits_gets_its_credit_when_it_opens);
    CPPUNIT_TEST(bytes_that_came_early_count_once);
    CPPUNIT_TEST(bytes_of_a_stream_that_is_over_count_for_all);
    CPPUNIT_TEST(dropping_a_stream_uses_up_what_it_holds);
    CPPUNIT_TEST(says_whether_the_peer_can_send);
    CPPUNIT_TEST_SUITE_END();

    StreamWindows windows_{{1000, 1000, 8000}, {400, 800, 8000}};
    const RequestId a_{1};
    const RequestId b_{2};

    void receive(RequestId id, std::uint64_t bytes) {
        CPPUNIT_ASSERT(windows_.received(id, bytes, at(0s)));
    }
    std::string grants() {
        std::string out;
        while (const auto grant = windows_.poll_grant(at(0s)))
            out += std::to_string(grant->id.value()) + ":" + std::to_string(grant->limit) + " ";
        return out;
    }
    void open_both() {
        for (const auto id : {a_, b_}) {
            windows_.begin(id);
            windows_.use(id);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("1:800 2:800 "), grants());
    }

  public:
    void a_stream_has_its_own_limit_within_that_of_all() {
        open_both();
        receive(a_, 800);
        CPPUNIT_ASSERT(!windows_.received(a_, 1, at(0s)));
        windows_ = StreamWindows({1000, 1000, 8000}, {400, 800, 8000});
        open_both();
        receive(a_, 800);
        receive(b_, 200);
        const auto more = windows_.received(b_, 1, at(0s));
        CPPUNIT_ASSERT(!more && more.error().code == ErrorCode::protocol);
    }
    void what_is_used_up_gives_credit_to_the_stream_and_to_all() {
        open_both();
        receive(a_, 500);
        windows_.consumed(a_, 199);
        CPPUNIT_ASSERT_EQUAL(std::string(), grants());
        windows_.consumed(a_, 51);
        CPPUNIT_ASSERT_EQUAL(std::string("0:1250 1:1050 "), grants());
        CPPUNIT_ASSERT_EQUAL(std::string(), grants());
    }
    void a_stream_that_waits_leaves_the_others_their_credit() {
        windows_.begin(a_);
        receive(a_, 400);
        CPPUNIT_ASSERT(!windows_.received(a_, 1, at(0s)));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1}, windows_.held());  // that byte broke the rules
    }
    void a_stream_that_waits_gets_its_credit_when_it_opens() {
        windows_.begin(a_);
        CPPUNIT_ASSERT_EQUAL(std::string(), grants());
        receive(a_, 400);
        CPPUNIT_ASSERT_EQUAL(std::string("0:1400 "), grants());
        windows_.use(a_);
        CPPUNIT_ASSERT_EQUAL(std::string("1:800 "), grants());
    }
    void bytes_that_came_early_count_once() {
        windows_.begin(a_);
        receive(a_, 400);
        windows_.use(a_);
        (void)grants();
        receive(a_, 100);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{100}, windows_.held());
        windows_.consumed(a_, 450);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50}, windows_.held());
        windows_.consumed(a_, 50);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, windows_.held());
    }
    void bytes_of_a_stream_that_is_over_count_for_all() {
        open_both();
        receive(a_, 500);
        windows_.end(a_);
        receive(a_, 100);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{600}, windows_.held());
        windows_.consumed(a_, 600);
        CPPUNIT_ASSERT_EQUAL(std::string("0:1600 "), grants());
    }
    void dropping_a_stream_uses_up_what_it_holds() {
        windows_.begin(a_);
        receive(a_, 100);
        windows_.use(a_);
        receive(a_, 100);
        windows_.drop(a_);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{0}, windows_.held());
        windows_.drop(a_);
        CPPUNIT_ASSERT_EQUAL(std::string(), grants());  // less than a quarter is free
    }
    void says_whether_the_peer_can_send() {
        CPPUNIT_ASSERT(!windows_.has_room(a_));
        open_both();
        CPPUNIT_ASSERT(windows_.has_room(a_));
        receive(a_, 800);
        CPPUNIT_ASSERT(!windows_.has_room(a_) && windows_.has_room(b_));
        receive(b_, 200);
        CPPUNIT_ASSERT(!windows_.has_room(b_));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamWindowsTest);

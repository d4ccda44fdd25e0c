#include <cppunit/extensions/HelperMacros.h>
#include <lftp/core/connection_state.h>

using namespace gantry;
using namespace gantry::lftp;

class ConnectionStateTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectionStateTest);
    CPPUNIT_TEST(goes_from_handshaking_to_confirmed);
    CPPUNIT_TEST(closes_from_every_living_state);
    CPPUNIT_TEST(nothing_leads_out_of_closed_and_back_to_life);
    CPPUNIT_TEST(has_a_name_for_each_state);
    CPPUNIT_TEST_SUITE_END();

    using enum ConnectionState;

  public:
    void goes_from_handshaking_to_confirmed() {
        CPPUNIT_ASSERT(state_after(handshaking, ConnectionStep::handshake_done) == open);
        CPPUNIT_ASSERT(state_after(open, ConnectionStep::confirmation) == confirmed);
        CPPUNIT_ASSERT(!state_after(handshaking, ConnectionStep::confirmation));
        CPPUNIT_ASSERT(!state_after(confirmed, ConnectionStep::handshake_done));
    }
    void closes_from_every_living_state() {
        for (const auto state : {handshaking, open, confirmed}) {
            CPPUNIT_ASSERT(state_after(state, ConnectionStep::close_sent) == closing);
            CPPUNIT_ASSERT(state_after(state, ConnectionStep::close_received) == draining);
            CPPUNIT_ASSERT(state_after(state, ConnectionStep::silence) == closed);
            CPPUNIT_ASSERT(!state_after(state, ConnectionStep::time_over));
        }
        CPPUNIT_ASSERT(state_after(closing, ConnectionStep::close_received) == draining);
        CPPUNIT_ASSERT(state_after(closing, ConnectionStep::time_over) == closed);
        CPPUNIT_ASSERT(state_after(draining, ConnectionStep::time_over) == closed);
    }
    void nothing_leads_out_of_closed_and_back_to_life() {
        for (unsigned step = 0; step < 6; ++step) {
            CPPUNIT_ASSERT(!state_after(closed, static_cast<ConnectionStep>(step)));
            for (const auto state : {closing, draining})
                if (const auto next = state_after(state, static_cast<ConnectionStep>(step)))
                    CPPUNIT_ASSERT(*next == draining || *next == closed);
        }
    }
    void has_a_name_for_each_state() {
        CPPUNIT_ASSERT_EQUAL(std::string_view("handshaking"), state_name(handshaking));
        CPPUNIT_ASSERT_EQUAL(std::string_view("closed"), state_name(closed));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConnectionStateTest);

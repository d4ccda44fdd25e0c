#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/transport_error.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

std::string name_of(std::uint64_t code) {
    return std::string(transport_error_name(static_cast<TransportError>(code)));
}

}  // namespace

class TransportErrorTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransportErrorTest);
    CPPUNIT_TEST(names_each_code_of_the_document);
    CPPUNIT_TEST(says_what_a_caller_can_act_on);
    CPPUNIT_TEST_SUITE_END();

  public:
    void names_each_code_of_the_document() {
        CPPUNIT_ASSERT_EQUAL(std::string("no_error"), name_of(0));
        CPPUNIT_ASSERT_EQUAL(std::string("frame_encoding"), name_of(7));
        CPPUNIT_ASSERT_EQUAL(std::string("protocol_violation"), name_of(10));
        CPPUNIT_ASSERT_EQUAL(std::string("handshake_timeout"), name_of(15));
        CPPUNIT_ASSERT_EQUAL(std::string("unknown_error"), name_of(16));
    }
    void says_what_a_caller_can_act_on() {
        CPPUNIT_ASSERT(error_code_of(TransportError::connection_refused) == ErrorCode::busy);
        CPPUNIT_ASSERT(error_code_of(TransportError::handshake_failed) == ErrorCode::security);
        CPPUNIT_ASSERT(error_code_of(TransportError(1U << 20U)) == ErrorCode::protocol);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TransportErrorTest);

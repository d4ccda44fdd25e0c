#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/watch_request.h>

using namespace gantry;
using namespace gantry::cs;

class WatchRequestTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(WatchRequestTest);
    CPPUNIT_TEST(has_the_bytes_of_the_document);
    CPPUNIT_TEST(the_root_is_an_empty_path);
    CPPUNIT_TEST(refuses_a_request_without_a_path);
    CPPUNIT_TEST(refuses_needed_fields_that_it_does_not_know);
    CPPUNIT_TEST_SUITE_END();

  public:
    void has_the_bytes_of_the_document() {
        const WatchRequest request{"docs", true};
        CPPUNIT_ASSERT_EQUAL(shown(hex("0001 0004 646f6373 0002 0000")), shown(request.encode()));
        CPPUNIT_ASSERT(request == WatchRequest::decode(request.encode()).value());
    }
    void the_root_is_an_empty_path() {
        const WatchRequest request{"", false};
        CPPUNIT_ASSERT_EQUAL(shown(hex("0001 0000")), shown(request.encode()));
        CPPUNIT_ASSERT(request == WatchRequest::decode(request.encode()).value());
    }
    void refuses_a_request_without_a_path() {
        CPPUNIT_ASSERT(WatchRequest::decode({}).error().code == ErrorCode::protocol);
    }
    void refuses_needed_fields_that_it_does_not_know() {
        const auto request = WatchRequest::decode(hex("0001 0000 0013 0000"));
        CPPUNIT_ASSERT(request.error().code == ErrorCode::unsupported);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(WatchRequestTest);

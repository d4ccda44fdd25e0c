#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/stream_id.h>

using namespace gantry;
using namespace gantry::lftp;

class StreamIdTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StreamIdTest);
    CPPUNIT_TEST(the_low_bit_says_who_opened_it);
    CPPUNIT_TEST(each_side_counts_its_own);
    CPPUNIT_TEST_SUITE_END();

  public:
    void the_low_bit_says_who_opened_it() {
        CPPUNIT_ASSERT(opener(StreamId(0)) == Side::client && opener(StreamId(2)) == Side::client);
        CPPUNIT_ASSERT(opener(StreamId(1)) == Side::server && opener(StreamId(7)) == Side::server);
    }
    void each_side_counts_its_own() {
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{6}, stream_id(Side::client, 3).value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, stream_id(Side::server, 3).value());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, index_of(StreamId(7)));
        CPPUNIT_ASSERT(other(Side::client) == Side::server && other(Side::server) == Side::client);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamIdTest);

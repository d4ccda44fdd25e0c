#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/transport_parameters.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kParametersExample =
    "00 08 67720001 67720001 01 01 01 02 04 81c9c380 04 04 80100000 05 04 80040000 06 01 10";

bool reads(const std::string& more) {
    return TransportParameters::decode(hex(kParametersExample + more)).ok();
}

}  // namespace

class TransportParametersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(TransportParametersTest);
    CPPUNIT_TEST(decodes_the_parameters_of_the_document);
    CPPUNIT_TEST(decodes_what_it_encodes);
    CPPUNIT_TEST(skips_what_it_does_not_know);
    CPPUNIT_TEST(refuses_a_parameter_that_stands_twice);
    CPPUNIT_TEST(refuses_values_that_make_no_sense);
    CPPUNIT_TEST(needs_versions_and_protections);
    CPPUNIT_TEST(refuses_more_than_the_limits);
    CPPUNIT_TEST_SUITE_END();

  public:
    void decodes_the_parameters_of_the_document() {
        const auto p = TransportParameters::decode(hex(kParametersExample)).value();
        CPPUNIT_ASSERT(p.version == kVersion1 && p.versions == std::vector{kVersion1});
        CPPUNIT_ASSERT(p.protections == std::vector{Protection::aes128_gcm});
        CPPUNIT_ASSERT(p.idle_timeout == std::chrono::seconds(30));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{1024 * 1024}, p.max_data);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{256 * 1024}, p.max_stream_data);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{16}, p.max_streams);
        CPPUNIT_ASSERT(p.max_ack_delay == std::chrono::milliseconds(25));
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{65527}, p.max_datagram);
    }
    void decodes_what_it_encodes() {
        auto p = TransportParameters::decode(hex(kParametersExample)).value();
        p.max_datagram = 1400;
        p.min_ack_delay = std::chrono::microseconds(100);
        const auto block = p.encode();
        CPPUNIT_ASSERT_EQUAL(block.size() - 2, std::size_t{ByteReader(block).u16().value()});
        CPPUNIT_ASSERT(TransportParameters::decode(ByteView(block).subspan(2)).value() == p);
    }
    void skips_what_it_does_not_know() { CPPUNIT_ASSERT(reads("21 02 aabb 4040 00")); }
    void refuses_a_parameter_that_stands_twice() { CPPUNIT_ASSERT(!reads("06 01 10")); }
    void refuses_values_that_make_no_sense() {
        CPPUNIT_ASSERT(!reads("03 02 44af"));      // a datagram of 1199
        CPPUNIT_ASSERT(reads("03 02 44b0"));       // 1200
        CPPUNIT_ASSERT(!reads("08 04 8000ea60"));  // 60 ms at least, 25 at most
        CPPUNIT_ASSERT(!reads("07 04 800f4241"));  // more than a second
        CPPUNIT_ASSERT(!reads("07 02 01 02"));     // a byte too many
        CPPUNIT_ASSERT(!reads("07 02 01"));        // a byte too few
    }
    void needs_versions_and_protections() {
        CPPUNIT_ASSERT(!TransportParameters::decode(hex("00 08 67720001 67720001")).ok());
        CPPUNIT_ASSERT(!TransportParameters::decode(hex("01 01 01")).ok());
        CPPUNIT_ASSERT(!TransportParameters::decode(hex("00 04 67720001 01 01 01")).ok());
        CPPUNIT_ASSERT(!TransportParameters::decode({}).ok());
    }
    void refuses_more_than_the_limits() {
        auto p = TransportParameters::decode(hex(kParametersExample)).value();
        p.versions.assign(limits::kMaxVersions, kVersion1);
        CPPUNIT_ASSERT(TransportParameters::decode(ByteView(p.encode()).subspan(2)).ok());
        p.versions.push_back(kVersion1);
        CPPUNIT_ASSERT(!TransportParameters::decode(ByteView(p.encode()).subspan(2)).ok());
        CPPUNIT_ASSERT(!TransportParameters::decode(Bytes(limits::kMaxParameters + 1)).ok());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(TransportParametersTest);

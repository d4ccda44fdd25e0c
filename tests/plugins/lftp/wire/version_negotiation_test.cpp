#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <lftp/wire/limits.h>
#include <lftp/wire/version_negotiation.h>

using namespace gantry;
using namespace gantry::lftp;

namespace {

const char* const kNegotiationExample =
    "80 00000000 0001020304050607 8394c8f03e515708 67720001 1a2a3a4a 18c0fe05";

}  // namespace

class VersionNegotiationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VersionNegotiationTest);
    CPPUNIT_TEST(encodes_the_bytes_of_the_document);
    CPPUNIT_TEST(refuses_no_version_and_more_than_the_limit);
    CPPUNIT_TEST(refuses_every_cut_and_damage);
    CPPUNIT_TEST_SUITE_END();

  public:
    void encodes_the_bytes_of_the_document() {
        const VersionNegotiation packet{kClientId, kFirstGuess, {kVersion1, Version(0x1a2a3a4a)}};
        CPPUNIT_ASSERT_EQUAL(plain(kNegotiationExample), shown(encoded(packet)));
        CPPUNIT_ASSERT(VersionNegotiation::decode(hex(kNegotiationExample)).value() == packet);
    }
    void refuses_no_version_and_more_than_the_limit() {
        VersionNegotiation packet{kClientId, kServerId, {}};
        CPPUNIT_ASSERT(!VersionNegotiation::decode(encoded(packet)).ok());
        packet.versions.assign(limits::kMaxVersions, kVersion1);
        CPPUNIT_ASSERT(VersionNegotiation::decode(encoded(packet)).value() == packet);
        packet.versions.push_back(kVersion1);
        CPPUNIT_ASSERT(VersionNegotiation::decode(encoded(packet)).error().code ==
                       ErrorCode::protocol);
    }
    void refuses_every_cut_and_damage() {
        const auto decode = [](ByteView bytes) { return VersionNegotiation::decode(bytes); };
        auto bytes = hex(kNegotiationExample);
        CPPUNIT_ASSERT(refuses_every_cut(bytes, decode));
        bytes[22] ^= std::byte{1};
        CPPUNIT_ASSERT(decode(bytes).error().code == ErrorCode::integrity);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VersionNegotiationTest);

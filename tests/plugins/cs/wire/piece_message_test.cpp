#include "wire_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/wire/piece_message.h>

using namespace gantry;
using namespace gantry::cs;

class PieceMessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PieceMessageTest);
    CPPUNIT_TEST(has_the_bytes_of_the_document);
    CPPUNIT_TEST(refuses_a_body_that_is_cut_short);
    CPPUNIT_TEST_SUITE_END();

  public:
    void has_the_bytes_of_the_document() {
        const PieceMessage piece{2 * PieceMessage::kPiece, {CheckAlgorithm::merkle, Bytes(32)}};
        const auto bytes = hex("00 00 00 00 00 20 00 00  03" + std::string(64, '0'));
        CPPUNIT_ASSERT(bytes == piece.encode());
        CPPUNIT_ASSERT(piece == PieceMessage::decode(bytes).value());
    }
    void refuses_a_body_that_is_cut_short() {
        for (std::size_t size = 0; size < 9; ++size)
            CPPUNIT_ASSERT(PieceMessage::decode(Bytes(size)).error().code == ErrorCode::protocol);
        CPPUNIT_ASSERT(PieceMessage::decode(Bytes(9)).value().check.value.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PieceMessageTest);

#include "sealed_fixture.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// The client's part against the server's.
class SealedExchangeTest : public SealedFixture {
    CPPUNIT_TEST_SUITE(SealedExchangeTest);
    CPPUNIT_TEST(response_pieces_and_end_open);
    CPPUNIT_TEST(a_response_of_another_key_or_request_is_refused);
    CPPUNIT_TEST(pieces_out_of_order_do_not_open);
    CPPUNIT_TEST(a_range_beyond_the_file_is_refused);
    CPPUNIT_TEST_SUITE_END();

  public:
    void response_pieces_and_end_open() {
        const auto exchange = ask();
        const auto server = answer(*exchange);
        CPPUNIT_ASSERT(exchange->take_response(server->response_body()).value() == found());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{kText}, exchange->text_size());
        for (const std::uint64_t offset : {std::uint64_t{0}, PieceMessage::kPiece})
            CPPUNIT_ASSERT(
                exchange->open_piece(server->seal_piece(piece(offset)).value()).value() ==
                piece(offset));
        CPPUNIT_ASSERT(exchange->open_end(server->seal_end(end()).value()).value() == end());
    }
    void a_response_of_another_key_or_request_is_refused() {
        const auto exchange = ask();
        const auto stranger = answer(*exchange, 'x');
        CPPUNIT_ASSERT(exchange->take_response(stranger->response_body()).error().code ==
                       ErrorCode::security);
        const auto other = answer(*ask(wanted(), 9));
        CPPUNIT_ASSERT(exchange->take_response(other->response_body()).error().code ==
                       ErrorCode::security);
        const auto elsewhere = answer(*ask({"b", CheckAlgorithm::crc32c}));
        CPPUNIT_ASSERT(exchange->take_response(elsewhere->response_body()).error().code ==
                       ErrorCode::security);
    }
    void pieces_out_of_order_do_not_open() {
        const auto exchange = ask();
        const auto server = answer(*exchange);
        CPPUNIT_ASSERT(exchange->take_response(server->response_body()).ok());
        const auto first = server->seal_piece(piece(0)).value();
        const auto second = server->seal_piece(piece(1 << 20)).value();
        CPPUNIT_ASSERT(exchange->open_piece(second).error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(exchange->open_piece(first).ok());
        CPPUNIT_ASSERT(exchange->open_piece(first).error().code == ErrorCode::integrity);
        CPPUNIT_ASSERT(exchange->open_end(second).error().code == ErrorCode::integrity);
    }
    void a_range_beyond_the_file_is_refused() {
        const auto exchange = ask({"a", CheckAlgorithm::none, kText + 1});
        const auto server = answer(*exchange);
        CPPUNIT_ASSERT(exchange->take_response(server->response_body()).error().code ==
                       ErrorCode::protocol);
        const auto part = ask({"a", CheckAlgorithm::none, 100, 50});
        CPPUNIT_ASSERT(part->take_response(answer(*part)->response_body()).ok());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{50}, part->text_size());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SealedExchangeTest);

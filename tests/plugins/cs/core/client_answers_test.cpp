#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/client_connection.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

const auto kCrc = CheckAlgorithm::crc32c;

Bytes answer(FrameType type, std::uint32_t id, const Bytes& body = {},
             ServiceId service = ServiceId::file) {
    return frame(type, service, id, body);
}

Bytes listing_data(std::uint32_t id, const std::vector<ListingEntry>& entries) {
    Bytes body;
    for (const auto& entry : entries) entry.append_to(body);
    return answer(FrameType::data, id, body, ServiceId::listing);
}

}  // namespace

class ClientAnswersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientAnswersTest);
    CPPUNIT_TEST(takes_a_file_in_any_number_of_parts);
    CPPUNIT_TEST(takes_answers_that_interleave);
    CPPUNIT_TEST(takes_a_range_and_its_pieces);
    CPPUNIT_TEST(refuses_a_range_that_the_file_does_not_have);
    CPPUNIT_TEST(refuses_a_piece_that_was_not_asked_for);
    CPPUNIT_TEST(takes_a_listing);
    CPPUNIT_TEST(takes_the_answer_of_an_action);
    CPPUNIT_TEST(takes_an_echo);
    CPPUNIT_TEST(an_error_ends_one_request_only);
    CPPUNIT_TEST(a_connection_error_ends_all);
    CPPUNIT_TEST(refuses_frames_out_of_order);
    CPPUNIT_TEST(refuses_a_file_that_is_longer_than_it_said);
    CPPUNIT_TEST(refuses_a_file_that_ends_early);
    CPPUNIT_TEST(refuses_a_total_that_does_not_fit);
    CPPUNIT_TEST(refuses_an_end_without_the_promised_check);
    CPPUNIT_TEST(refuses_a_listing_that_lacks_entries);
    CPPUNIT_TEST(refuses_answers_to_what_was_not_asked);
    CPPUNIT_TEST(gives_up_a_request_whose_answer_it_cannot_use);
    CPPUNIT_TEST(drops_the_answer_of_an_abandoned_request);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ClientConnection> client_;
    std::vector<ClientEvent> receive(const Bytes& bytes, std::size_t step = 1'000'000) {
        std::vector<ClientEvent> events;
        for (std::size_t from = 0; from < bytes.size(); from += step) {
            client_->receive(ByteView(bytes).subspan(from, std::min(step, bytes.size() - from)),
                             at(0s));
            while (auto event = client_->poll_event()) events.push_back(std::move(*event));
        }
        return events;
    }
    void ask_file() { CPPUNIT_ASSERT(client_->request(FileRequest{"a", kCrc}, at(0s))); }
    void ask_listing() { CPPUNIT_ASSERT(client_->request(ListingRequest{"", {}}, at(0s))); }
    ErrorCode failure(const Bytes& bytes) {
        const auto events = receive(bytes);
        CPPUNIT_ASSERT(!events.empty() && std::holds_alternative<ClientFailed>(events.back()));
        return std::get<ClientFailed>(events.back()).error.code;
    }
    static Bytes response(std::uint32_t id, std::uint64_t size) {
        return answer(FrameType::response, id, FileResponse{size, {}, kCrc}.encode());
    }
    static Bytes end(std::uint32_t id, std::uint64_t total) {
        return answer(FrameType::end, id, FileEnd{total, {kCrc, Bytes(4)}}.encode());
    }
    static Bytes data(std::uint32_t id, std::string_view bytes) {
        return answer(FrameType::data, id, text(bytes));
    }

  public:
    void setUp() override { client_.emplace(); }

    void takes_a_file_in_any_number_of_parts() {
        const auto bytes = join({response(1, 10), data(1, "hello"), data(1, "world"), end(1, 10)});
        for (std::size_t step = 1; step < 100; ++step) {
            client_.emplace();
            ask_file();
            std::string file;
            bool ended = false;
            for (std::size_t from = 0; from < bytes.size(); from += step) {
                client_->receive(ByteView(bytes).subspan(from, std::min(step, bytes.size() - from)),
                                 at(0s));
                while (const auto event = client_->poll_event()) {
                    if (const auto* part = std::get_if<FileBytes>(&*event)) {
                        CPPUNIT_ASSERT_EQUAL(file.size(), std::size_t{part->offset});
                        file += as_text(part->bytes);
                    }
                    ended = ended || std::holds_alternative<FileEnded>(*event);
                }
            }
            CPPUNIT_ASSERT(ended && file == "helloworld");
            CPPUNIT_ASSERT_EQUAL(std::size_t{0}, client_->open_requests());
        }
    }
    void takes_a_range_and_its_pieces() {
        FileRequest request{"a", CheckAlgorithm::merkle, PieceMessage::kPiece, 5};
        CPPUNIT_ASSERT(client_->request(request, at(0s)));
        const PieceMessage piece{PieceMessage::kPiece, {CheckAlgorithm::merkle, Bytes(32)}};
        const FileResponse response{PieceMessage::kPiece + 9, {}, CheckAlgorithm::merkle};
        const auto events = receive(
            join({answer(FrameType::response, 1, response.encode()),
                  answer(FrameType::piece, 1, piece.encode()), data(1, "he"), data(1, "llo"),
                  answer(FrameType::end, 1, FileEnd{5, piece.check}.encode())}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, events.size());
        CPPUNIT_ASSERT(std::get<FilePiece>(events[1]).piece == piece);
        CPPUNIT_ASSERT_EQUAL(PieceMessage::kPiece + 2, std::get<FileBytes>(events[3]).offset);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, std::get<FileEnded>(events[4]).end.total);
    }
    void refuses_a_range_that_the_file_does_not_have() {
        CPPUNIT_ASSERT(client_->request(FileRequest{"a", kCrc, 10}, at(0s)));
        CPPUNIT_ASSERT(ErrorCode::protocol == failure(response(1, 9)));
    }
    void refuses_a_piece_that_was_not_asked_for() {
        const auto piece = [](std::uint64_t offset) {
            return answer(FrameType::piece, 1, PieceMessage{offset, {}}.encode());
        };
        for (const std::uint64_t offset : {std::uint64_t{9}, std::uint64_t{15}}) {
            client_.emplace();
            CPPUNIT_ASSERT(client_->request(FileRequest{"a", kCrc, 10, 5}, at(0s)));
            CPPUNIT_ASSERT(ErrorCode::protocol == failure(join({response(1, 20), piece(offset)})));
        }
    }
    void takes_answers_that_interleave() {
        ask_file();
        ask_file();
        const auto events = receive(join({response(2, 1), response(1, 2), data(1, "a"),
                                          data(2, "x"), end(2, 1), data(1, "b"), end(1, 2)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{7}, events.size());
        CPPUNIT_ASSERT(std::get<FileEnded>(events[4]).id == RequestId(2));
        CPPUNIT_ASSERT(std::get<FileBytes>(events[5]).offset == 1);
    }
    void takes_a_listing() {
        ask_listing();
        const ListingEntry entry{EntryType::folder, 0, 5, "sub"};
        const auto events = receive(
            join({answer(FrameType::response, 1, {}, ServiceId::listing), listing_data(1, {entry}),
                  answer(FrameType::end, 1, ListingEnd{1, 3}.encode(), ServiceId::listing)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, events.size());
        CPPUNIT_ASSERT(std::get<ListingPart>(events[0]).entries == std::vector{entry});
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{3}, std::get<ListingEnded>(events[1]).end.skipped);
    }
    void takes_the_answer_of_an_action() {
        CPPUNIT_ASSERT(client_->request(ActionRequest(StatusRequest{"a"}), at(0s)));
        const auto body = StatusResponse{EntryType::folder, 0, 7}.encode();
        const auto events = receive(join({answer(FrameType::response, 1, body, ServiceId::status),
                                          answer(FrameType::end, 1, {}, ServiceId::status)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT(std::get<Answered>(events[0]).body == body);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, client_->open_requests());
    }
    void takes_an_echo() {
        CPPUNIT_ASSERT(client_->echo(text("ping"), at(0s)));
        const auto events =
            receive(join({answer(FrameType::response, 1, text("ping"), ServiceId::echo),
                          answer(FrameType::end, 1, {}, ServiceId::echo)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT(std::get<Answered>(events[0]).body == text("ping"));
    }
    void an_error_ends_one_request_only() {
        ask_file();
        ask_file();
        const ErrorMessage no{ErrorCode::usage, ErrorDetail::is_folder, "a folder"};
        const auto events =
            receive(join({answer(FrameType::error, 1, no.encode()), response(2, 0)}));
        const auto& failed = std::get<RequestFailed>(events.at(0));
        CPPUNIT_ASSERT(failed.error.code == ErrorCode::usage);
        CPPUNIT_ASSERT(failed.detail == ErrorDetail::is_folder);
        CPPUNIT_ASSERT(std::holds_alternative<FileBegan>(events.at(1)));
    }
    void a_connection_error_ends_all() {
        ask_file();
        const ErrorMessage no{ErrorCode::limit, {}, "too many"};
        CPPUNIT_ASSERT(failure(answer(FrameType::error, 0, no.encode())) == ErrorCode::limit);
    }
    void refuses_frames_out_of_order() {
        for (const auto& bytes :
             {data(1, "early"), end(1, 0), join({response(1, 3), response(1, 3)})}) {
            client_.emplace();
            ask_file();
            CPPUNIT_ASSERT(failure(bytes) == ErrorCode::protocol);
        }
    }
    void refuses_a_file_that_is_longer_than_it_said() {
        ask_file();
        CPPUNIT_ASSERT(failure(join({response(1, 3), data(1, "four")})) == ErrorCode::protocol);
    }
    void refuses_a_file_that_ends_early() {
        ask_file();
        CPPUNIT_ASSERT(failure(join({response(1, 3), data(1, "ab"), end(1, 3)})) ==
                       ErrorCode::protocol);
    }
    void refuses_a_total_that_does_not_fit() {
        ask_file();
        CPPUNIT_ASSERT(failure(join({response(1, 3), data(1, "abc"), end(1, 4)})) ==
                       ErrorCode::protocol);
    }
    void refuses_an_end_without_the_promised_check() {
        ask_file();
        const auto bare = answer(FrameType::end, 1, FileEnd{0, {}}.encode());
        CPPUNIT_ASSERT(failure(join({response(1, 0), bare})) == ErrorCode::protocol);
    }
    void refuses_a_listing_that_lacks_entries() {
        ask_listing();
        const auto bytes =
            join({answer(FrameType::response, 1, {}, ServiceId::listing),
                  answer(FrameType::end, 1, ListingEnd{1, 0}.encode(), ServiceId::listing)});
        CPPUNIT_ASSERT(failure(bytes) == ErrorCode::protocol);
    }
    void refuses_answers_to_what_was_not_asked() {
        for (const auto& bytes : {response(2, 1), answer(FrameType::end, 0),
                                  answer(FrameType::response, 1, {}, ServiceId::listing)}) {
            client_.emplace();
            ask_file();
            CPPUNIT_ASSERT(failure(bytes) == ErrorCode::protocol);
        }
    }
    void gives_up_a_request_whose_answer_it_cannot_use() {
        ask_file();
        ask_file();
        const FileResponse strange{3, {}, static_cast<CheckAlgorithm>(9)};
        const auto events = receive(join({answer(FrameType::response, 1, strange.encode()),
                                          data(1, "abc"), end(1, 3), response(2, 0)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, events.size());
        CPPUNIT_ASSERT(std::get<RequestFailed>(events[0]).error.code == ErrorCode::unsupported);
        CPPUNIT_ASSERT(std::get<FileBegan>(events[1]).id == RequestId(2));
    }
    void drops_the_answer_of_an_abandoned_request() {
        ask_file();
        ask_file();
        client_->abandon(RequestId(1));
        const auto events =
            receive(join({response(1, 3), data(1, "abc"), end(1, 3), response(2, 0)}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, events.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, client_->open_requests());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClientAnswersTest);

#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/server_connection.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class ServerConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerConnectionTest);
    CPPUNIT_TEST(sends_a_file_as_response_data_and_end);
    CPPUNIT_TEST(sends_only_what_was_offered);
    CPPUNIT_TEST(sends_a_range_from_where_it_starts);
    CPPUNIT_TEST(tells_pieces_while_the_file_is_open);
    CPPUNIT_TEST(cuts_a_large_file_into_frames_within_the_limit);
    CPPUNIT_TEST(sends_an_empty_file_without_data);
    CPPUNIT_TEST(answers_requests_in_order_one_at_a_time);
    CPPUNIT_TEST(answers_an_echo_itself);
    CPPUNIT_TEST(refuses_one_request_and_goes_on);
    CPPUNIT_TEST(refuses_a_service_it_does_not_have_and_goes_on);
    CPPUNIT_TEST(an_error_in_mid_file_takes_the_place_of_the_rest);
    CPPUNIT_TEST(ignores_answers_that_come_too_late);
    CPPUNIT_TEST(fails_on_bytes_that_are_no_frame_and_says_why);
    CPPUNIT_TEST(tells_its_version_to_a_newer_client);
    CPPUNIT_TEST(fails_on_more_requests_than_the_limit);
    CPPUNIT_TEST(echoes_that_nobody_takes_are_bounded);
    CPPUNIT_TEST(a_silent_connection_times_out);
    CPPUNIT_TEST(a_request_that_drips_times_out);
    CPPUNIT_TEST(gives_up_when_the_last_words_are_not_taken);
    CPPUNIT_TEST(finishes_after_the_client_has_closed_its_side);
    CPPUNIT_TEST(drains_what_is_open_and_refuses_the_rest);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ServerConnection> server_;
    std::optional<FileRange> range_;  // of the last sent()

    // Everything the server has to send, file ranges as so many '#'.
    std::string sent(Duration when = 0s) {
        std::string out;
        Bytes buffer(1000);
        while (true) {
            const auto part = server_->poll_transmit(buffer, at(when));
            if (part.empty()) return out;
            out += as_text(ByteView(buffer).first(part.bytes));
            if (part.file) range_ = part.file;
            if (part.file) out += std::string(part.file->count, '#');
            server_->on_sent(part.bytes + (part.file ? part.file->count : 0), at(when));
        }
    }
    std::optional<ServerEvent> event(Duration when = 0s) { return server_->poll_event(at(when)); }
    void receive(const Bytes& bytes, Duration when = 0s) { server_->receive(bytes, at(when)); }
    RequestId wanted_file(const std::string& path) {
        const auto next = event();
        CPPUNIT_ASSERT(next && std::holds_alternative<FileWanted>(*next));
        CPPUNIT_ASSERT_EQUAL(path, std::get<FileWanted>(*next).request.path);
        return std::get<FileWanted>(*next).id;
    }
    static std::string str(std::initializer_list<Bytes> frames) {
        return std::string(as_text(join(frames)));
    }
    static Bytes file_frame(FrameType type, std::uint32_t id, const Bytes& body) {
        return frame(type, ServiceId::file, id, body);
    }
    static Bytes error_frame(std::uint32_t id, ServiceId service, ErrorCode code,
                             const std::string& said) {
        return frame(FrameType::error, service, id, ErrorMessage{code, {}, said}.encode());
    }
    ErrorCode failure(Duration when = 0s) {
        const auto next = event(when);
        CPPUNIT_ASSERT(next && std::holds_alternative<ServerFailed>(*next));
        return std::get<ServerFailed>(*next).error.code;
    }

  public:
    void setUp() override { server_.emplace(limits::ServerTimes{}, at(0s)); }

    void sends_a_file_as_response_data_and_end() {
        receive(file_request(1, "a.txt"));
        const auto id = wanted_file("a.txt");
        const FileResponse response{5, 7, CheckAlgorithm::none};
        server_->begin_file(id, response, {0, 5});
        server_->offer_file(id, 5);
        server_->finish_file(id, {5, {}});
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::response, 1, response.encode()),
                                  file_frame(FrameType::data, 1, text("#####")),
                                  file_frame(FrameType::end, 1, FileEnd{5, {}}.encode())}),
                             sent());
        CPPUNIT_ASSERT(range_ == (FileRange{id, 0, 5}));
    }
    void sends_only_what_was_offered() {
        receive(file_request(1, "a"));
        const auto id = wanted_file("a");
        server_->begin_file(id, {10, {}, {}}, {0, 10});
        (void)sent();
        CPPUNIT_ASSERT(sent().empty());
        server_->offer_file(id, 4);
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::data, 1, text("####"))}), sent());
        server_->offer_file(id, 3);  // never back
        CPPUNIT_ASSERT(sent().empty());
        server_->offer_file(id, 99);  // never beyond the end
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::data, 1, text("######"))}), sent());
        CPPUNIT_ASSERT(range_ == (FileRange{id, 4, 6}));
    }
    void sends_a_range_from_where_it_starts() {
        receive(file_request(1, "a"));
        const auto id = wanted_file("a");
        server_->begin_file(id, {100, {}, {}}, {90, 7});
        (void)sent();
        server_->offer_file(id, 3);
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::data, 1, text("###"))}), sent());
        CPPUNIT_ASSERT(range_ == (FileRange{id, 90, 3}));
        server_->finish_file(id, {7, {}});
        (void)sent();
        CPPUNIT_ASSERT(range_ == (FileRange{id, 93, 4}));
    }
    void tells_pieces_while_the_file_is_open() {
        receive(file_request(1, "a"));
        const auto id = wanted_file("a");
        const PieceMessage piece{0, {CheckAlgorithm::merkle, Bytes(32)}};
        server_->begin_file(id, {5, {}, {}}, {0, 5});
        (void)sent();
        server_->tell_piece(id, piece);
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::piece, 1, piece.encode())}), sent());
        server_->finish_file(id, {5, {}});
        (void)sent();
        server_->tell_piece(id, piece);  // too late
        CPPUNIT_ASSERT(sent().empty());
    }
    void cuts_a_large_file_into_frames_within_the_limit() {
        receive(file_request(1, "a"));
        const auto id = wanted_file("a");
        server_->begin_file(id, {5'000'000, {}, {}}, {0, 5'000'000});
        server_->offer_file(id, 5'000'000);
        Bytes buffer(1000);
        (void)server_->poll_transmit(buffer, at(0s));
        const auto second = server_->poll_transmit(buffer, at(0s));
        CPPUNIT_ASSERT(second.file == (FileRange{id, limits::kMaxDataBody, limits::kMaxDataBody}));
        const auto third = server_->poll_transmit(buffer, at(0s));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5'000'000 - 2 * limits::kMaxDataBody}, third.file->count);
    }
    void sends_an_empty_file_without_data() {
        receive(file_request(1, "a"));
        const auto id = wanted_file("a");
        server_->begin_file(id, {}, {});
        server_->finish_file(id, {});
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::response, 1, FileResponse{}.encode()),
                                  file_frame(FrameType::end, 1, FileEnd{}.encode())}),
                             sent());
    }
    void answers_requests_in_order_one_at_a_time() {
        receive(join({file_request(1, "a"), listing_request(2, "b"), file_request(3, "c")}));
        const auto a = wanted_file("a");
        CPPUNIT_ASSERT(!event());
        server_->refuse(a, make_error(ErrorCode::not_found, "cs", "no"));
        const auto next = event();
        CPPUNIT_ASSERT(std::get<ListingWanted>(*next) ==
                       (ListingWanted{RequestId(2), {"b", false}}));
        server_->begin_listing(RequestId(2));
        server_->finish_listing(RequestId(2), {});
        CPPUNIT_ASSERT(wanted_file("c") == RequestId(3));
    }
    void answers_an_echo_itself() {
        receive(echo_request(1, "ping"));
        CPPUNIT_ASSERT(!event());
        CPPUNIT_ASSERT_EQUAL(str({frame(FrameType::response, ServiceId::echo, 1, text("ping")),
                                  frame(FrameType::end, ServiceId::echo, 1)}),
                             sent());
    }
    void refuses_one_request_and_goes_on() {
        receive(join({file_request(1, "a"), echo_request(2, "x")}));
        server_->refuse(wanted_file("a"), make_error(ErrorCode::usage, "cs", "a folder"),
                        ErrorDetail::is_folder);
        const auto refusal = ErrorMessage{ErrorCode::usage, ErrorDetail::is_folder, "a folder"};
        CPPUNIT_ASSERT_EQUAL(str({file_frame(FrameType::error, 1, refusal.encode()),
                                  frame(FrameType::response, ServiceId::echo, 2, text("x")),
                                  frame(FrameType::end, ServiceId::echo, 2)}),
                             sent());
    }
    void refuses_a_service_it_does_not_have_and_goes_on() {
        receive(
            join({frame(FrameType::request, static_cast<ServiceId>(99), 1), echo_request(2, "x")}));
        const auto bytes = sent();
        CPPUNIT_ASSERT(bytes.starts_with(
            str({error_frame(1, static_cast<ServiceId>(99), ErrorCode::unsupported,
                             "this server has no service 99")})));
        CPPUNIT_ASSERT(bytes.ends_with(str({frame(FrameType::end, ServiceId::echo, 2)})));
    }
    void an_error_in_mid_file_takes_the_place_of_the_rest() {
        receive(join({file_request(1, "a"), echo_request(2, "x")}));
        const auto id = wanted_file("a");
        server_->begin_file(id, {10, {}, {}}, {0, 10});
        server_->offer_file(id, 4);
        (void)sent();
        server_->refuse(id, make_error(ErrorCode::source_changed, "cs", "it changed"));
        CPPUNIT_ASSERT(sent().starts_with(
            str({error_frame(1, ServiceId::file, ErrorCode::source_changed, "it changed")})));
    }
    void ignores_answers_that_come_too_late() {
        receive(join({file_request(1, "a"), file_request(2, "b")}));
        const auto id = wanted_file("a");
        server_->refuse(id, make_error(ErrorCode::not_found, "cs", "no"));
        (void)sent();
        CPPUNIT_ASSERT(wanted_file("b") == RequestId(2));
        server_->begin_file(id, {1, {}, {}}, {0, 1});
        server_->offer_file(id, 1);
        server_->finish_file(id, {1, {}});
        server_->refuse(id, make_error(ErrorCode::not_found, "cs", "no"));
        server_->add_entries(RequestId(2), {});
        server_->finish_listing(RequestId(2), {});  // 2 is no listing
        CPPUNIT_ASSERT(sent().empty());
    }
    void fails_on_bytes_that_are_no_frame_and_says_why() {
        receive(text("GET / HTTP/1.1\r\n\r\n"));
        CPPUNIT_ASSERT(failure() == ErrorCode::protocol);
        CPPUNIT_ASSERT_EQUAL(str({error_frame(0, ServiceId::file, ErrorCode::protocol,
                                              "these bytes are not a cs1 frame")}),
                             sent());
        CPPUNIT_ASSERT(server_->finished() && !server_->over());
        receive(file_request(1, "a"));
        server_->receive_end(at(1s));
        CPPUNIT_ASSERT(server_->over() && !event());
    }
    void tells_its_version_to_a_newer_client() {
        auto newer = file_request(1, "a");
        newer[2] = std::byte{2};
        receive(newer);
        CPPUNIT_ASSERT(failure() == ErrorCode::unsupported);
        const auto bytes = sent();
        const auto header = FrameHeader::decode(as_bytes(bytes)).value();
        CPPUNIT_ASSERT(header.type == FrameType::error && header.version == 1);
    }
    void fails_on_more_requests_than_the_limit() {
        Bytes many;
        for (std::uint32_t id = 1; id <= limits::kMaxPendingRequests; ++id)
            many = join({many, file_request(id, "a")});
        receive(many);
        CPPUNIT_ASSERT(event());  // the first is open; one more fits into the queue
        receive(file_request(100, "a"));
        CPPUNIT_ASSERT(!event());
        receive(file_request(101, "a"));
        CPPUNIT_ASSERT(failure() == ErrorCode::limit);
    }
    void echoes_that_nobody_takes_are_bounded() {
        const std::string body(limits::kMaxBody, 'x');
        std::optional<ServerEvent> failed;
        std::uint32_t id = 0;
        for (; !failed && id < 100; failed = event()) receive(echo_request(++id, body));
        CPPUNIT_ASSERT(failed && id < 12);
        CPPUNIT_ASSERT(std::get<ServerFailed>(*failed).error.code == ErrorCode::limit);
    }
    void a_silent_connection_times_out() {
        CPPUNIT_ASSERT(server_->next_timeout() == at(10s));
        server_->on_timeout(at(9s));
        CPPUNIT_ASSERT(!event(9s));
        server_->on_timeout(at(10s));
        CPPUNIT_ASSERT(failure(10s) == ErrorCode::timeout);
        CPPUNIT_ASSERT(!sent(10s).empty());
        CPPUNIT_ASSERT(server_->finished());
    }
    void a_request_that_drips_times_out() {
        receive(echo_request(1, "x"));
        (void)sent();
        const auto bytes = echo_request(2, "a long body that comes one byte a second");
        for (int i = 0; i < 12; ++i) {
            const auto now = std::chrono::seconds(20 + i);
            server_->on_timeout(at(now));
            receive({bytes[static_cast<std::size_t>(i)]}, now);
        }
        CPPUNIT_ASSERT(failure(31s) == ErrorCode::timeout);
    }
    void gives_up_when_the_last_words_are_not_taken() {
        receive(text("not a frame at all"));
        Bytes buffer(1000);
        CPPUNIT_ASSERT(!server_->poll_transmit(buffer, at(0s)).empty());  // and never sent
        CPPUNIT_ASSERT(server_->next_timeout() == at(2s));
        server_->on_timeout(at(2s));
        CPPUNIT_ASSERT(server_->over());
    }
    void finishes_after_the_client_has_closed_its_side() {
        receive(join({file_request(1, "a"), echo_request(2, "x")}));
        server_->receive_end(at(1s));
        CPPUNIT_ASSERT(!server_->finished());
        server_->refuse(wanted_file("a"), make_error(ErrorCode::not_found, "cs", "no"));
        CPPUNIT_ASSERT(sent().size() > 3 * FrameHeader::kSize);
        CPPUNIT_ASSERT(server_->finished() && server_->over());
    }
    void drains_what_is_open_and_refuses_the_rest() {
        receive(join({file_request(1, "a"), file_request(2, "b")}));
        const auto id = wanted_file("a");
        server_->drain(at(1s));
        CPPUNIT_ASSERT(!server_->finished());
        server_->begin_file(id, {1, {}, {}}, {0, 1});
        server_->finish_file(id, {1, {}});
        const auto bytes = sent(1s);
        CPPUNIT_ASSERT(bytes.ends_with(
            str({error_frame(2, ServiceId::file, ErrorCode::closed, "the server is going down")})));
        CPPUNIT_ASSERT(server_->finished() && !server_->over());
        CPPUNIT_ASSERT(server_->next_timeout() == at(3s));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ServerConnectionTest);

#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/client_connection.h>
#include <cs/core/server_connection.h>

using namespace gantry;
using namespace gantry::cs;

// A put on both ends: what each of them says and takes.
class PutExchangeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PutExchangeTest);
    CPPUNIT_TEST(a_file_goes_from_the_client_to_the_server);
    CPPUNIT_TEST(bytes_may_come_before_their_turn);
    CPPUNIT_TEST(a_refused_put_leaves_the_connection_good);
    CPPUNIT_TEST(the_client_can_give_up);
    CPPUNIT_TEST(the_server_reads_no_more_while_too_much_is_not_written);
    CPPUNIT_TEST(the_bytes_of_one_put_go_after_those_of_another);
    CPPUNIT_TEST(a_client_that_sends_a_later_put_first_has_failed);
    CPPUNIT_TEST(a_client_that_ends_in_mid_file_has_failed);
    CPPUNIT_TEST(a_client_that_stops_sending_times_out);
    CPPUNIT_TEST(a_slow_data_frame_is_not_a_slow_request);
    CPPUNIT_TEST(a_client_that_sends_without_an_answer_does_not_time_out);
    CPPUNIT_TEST(an_end_of_what_was_not_sent_breaks_the_rules);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ServerConnection> server_;
    std::optional<ClientConnection> client_;

    void to_server(Duration when = 0s) {
        Bytes buffer(100'000);
        while (const auto count = client_->poll_transmit(buffer, at(when)).bytes)
            server_->receive(ByteView(buffer).first(count), at(when));
    }
    std::optional<ClientEvent> to_client(Duration when = 0s) {
        Bytes buffer(1000);
        std::optional<ClientEvent> last;
        while (const auto count = server_->poll_transmit(buffer, at(when)).bytes) {
            server_->on_sent(count, at(when));
            client_->receive(ByteView(buffer).first(count), at(when));
            while (auto event = client_->poll_event()) last = std::move(event);
        }
        return last;
    }
    template <class Event>
    std::optional<Event> event(Duration when = 0s) {
        auto next = server_->poll_event(at(when));
        if (!next || !std::holds_alternative<Event>(*next)) return std::nullopt;
        return std::get<Event>(std::move(*next));
    }
    RequestId ask(std::string path = "a") {
        return client_->request(PutRequest{std::move(path), 4, {}, false}, at(0s)).value();
    }

  public:
    void setUp() override {
        server_.emplace(limits::ServerTimes{}, at(0s));
        client_.emplace();
    }
    void a_file_goes_from_the_client_to_the_server() {
        const auto id = ask();
        to_server();
        const auto put = event<PutWanted>();
        CPPUNIT_ASSERT(put && put->request == (PutRequest{"a", 4, {}, false}));
        server_->begin_put(put->id);
        CPPUNIT_ASSERT(!to_client());
        client_->send_upload(id, text("ab"));
        to_server();
        CPPUNIT_ASSERT(server_->fetch_upload(put->id).bytes == text("ab"));
        client_->send_upload(id, text("cd"));
        client_->end_upload(id, {4, {}});
        to_server();
        const auto part = server_->fetch_upload(put->id);
        CPPUNIT_ASSERT(part.bytes == text("cd") && part.end->value().total == 4);
        server_->finish_put(put->id);
        const auto told = to_client();
        CPPUNIT_ASSERT(told && std::get<Answered>(*told).id == id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, client_->open_requests());
        CPPUNIT_ASSERT(!server_->answering(put->id));
    }
    void bytes_may_come_before_their_turn() {
        CPPUNIT_ASSERT(client_->request(FileRequest{"first", {}}, at(0s)));
        const auto id = ask();
        client_->send_upload(id, text("abcd"));
        client_->end_upload(id, {4, {}});
        to_server();
        server_->refuse(event<FileWanted>()->id, make_error(ErrorCode::not_found, "cs", "no"));
        const auto put = event<PutWanted>();
        CPPUNIT_ASSERT(put);
        const auto part = server_->fetch_upload(put->id);
        CPPUNIT_ASSERT(part.bytes == text("abcd") && part.end);
    }
    void a_refused_put_leaves_the_connection_good() {
        const auto id = ask();
        client_->send_upload(id, text("ab"));
        to_server();
        server_->refuse(event<PutWanted>()->id, make_error(ErrorCode::denied, "cs", "no"));
        client_->send_upload(id, text("cd"));  // on its way meanwhile
        to_server();
        const auto told = to_client();
        CPPUNIT_ASSERT(told && std::get<RequestFailed>(*told).error.code == ErrorCode::denied);
        client_->send_upload(id, text("ef"));  // goes nowhere
        to_server();                           // with the error that ends it
        ask("b");
        to_server();
        CPPUNIT_ASSERT(event<PutWanted>()->request.path == "b");
    }
    void the_client_can_give_up() {
        const auto id = ask();
        client_->send_upload(id, text("ab"));
        to_server();
        client_->abandon(id);
        to_server();
        const auto put = event<PutWanted>();
        const auto part = server_->fetch_upload(put->id);
        CPPUNIT_ASSERT(part.bytes == text("ab") && part.given_up);
        server_->refuse(put->id, make_error(ErrorCode::cancelled, "cs", "given up"));
        CPPUNIT_ASSERT(!to_client());
        CPPUNIT_ASSERT(!client_->failed() && client_->open_requests() == 0);
    }
    void the_server_reads_no_more_while_too_much_is_not_written() {
        const auto id = ask();
        client_->send_upload(id, Bytes(limits::kMaxUploadBytes));
        CPPUNIT_ASSERT(!client_->wants_upload(id));
        to_server();
        CPPUNIT_ASSERT(client_->wants_upload(id) && !server_->wants_input());
        const auto put = event<PutWanted>();
        CPPUNIT_ASSERT(!server_->fetch_upload(put->id).empty());
        CPPUNIT_ASSERT(server_->wants_input());
    }
    void the_bytes_of_one_put_go_after_those_of_another() {
        const auto first = ask();
        const auto second = ask("b");
        CPPUNIT_ASSERT(client_->wants_upload(first) && !client_->wants_upload(second));
        client_->end_upload(first, {4, {}});
        to_server();
        CPPUNIT_ASSERT(!client_->wants_upload(first) && client_->wants_upload(second));
        client_->abandon(second);
        CPPUNIT_ASSERT(!client_->wants_upload(second));
    }
    // The rest of the first lies behind what nobody reads any more.
    void a_client_that_sends_a_later_put_first_has_failed() {
        ask();
        const auto second = ask("b");
        to_server();
        CPPUNIT_ASSERT(event<PutWanted>());
        server_->begin_put(RequestId(1));
        const Bytes body(limits::kMaxUploadBytes);
        server_->receive(make_frame(FrameType::data, ServiceId::put, second, body), at(0s));
        CPPUNIT_ASSERT(event<ServerFailed>()->error.code == ErrorCode::limit);
    }
    void a_client_that_ends_in_mid_file_has_failed() {
        ask();
        to_server();
        CPPUNIT_ASSERT(event<PutWanted>());
        server_->receive_end(at(1s));
        CPPUNIT_ASSERT(event<ServerFailed>(1s)->error.code == ErrorCode::network);
    }
    void a_client_that_stops_sending_times_out() {
        const auto id = ask();
        to_server();
        CPPUNIT_ASSERT(event<PutWanted>());
        client_->send_upload(id, Bytes(limits::kMinDrained));
        to_server(20s);
        CPPUNIT_ASSERT(server_->next_timeout() == at(30s));
        server_->on_timeout(at(30s));  // it has sent enough: another time begins
        CPPUNIT_ASSERT(server_->next_timeout() == at(60s));
        server_->on_timeout(at(60s));
        CPPUNIT_ASSERT(event<ServerFailed>(60s)->error.code == ErrorCode::timeout);
    }
    void a_slow_data_frame_is_not_a_slow_request() {
        const auto id = ask();
        to_server();
        CPPUNIT_ASSERT(event<PutWanted>());
        const auto data = frame(FrameType::data, ServiceId::put, id.value(), Bytes(5000));
        server_->receive(ByteView(data).first(4500), at(1s));
        CPPUNIT_ASSERT(server_->next_timeout() == at(30s));  // and not 11 s
    }
    void a_client_that_sends_without_an_answer_does_not_time_out() {
        const auto id = ask();
        to_server();
        client_->send_upload(id, text("ab"));
        to_server(50s);
        CPPUNIT_ASSERT(client_->next_timeout() == at(110s));
    }
    void an_end_of_what_was_not_sent_breaks_the_rules() {
        const auto id = ask();
        to_server();
        const auto answer = join({frame(FrameType::response, ServiceId::put, id.value()),
                                  frame(FrameType::end, ServiceId::put, id.value())});
        client_->receive(answer, at(0s));
        const auto told = client_->poll_event();
        CPPUNIT_ASSERT(told && std::get<ClientFailed>(*told).error.code == ErrorCode::protocol);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PutExchangeTest);

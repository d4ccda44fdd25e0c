#include "stream_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// Several answers at once, credit and cancel, with both ends together.
class StreamExchangeTest : public StreamPair {
    CPPUNIT_TEST_SUITE(StreamExchangeTest);
    CPPUNIT_TEST(both_say_hello_first);
    CPPUNIT_TEST(several_requests_are_handed_out_at_once);
    CPPUNIT_TEST(no_more_answers_are_open_than_the_limit);
    CPPUNIT_TEST(data_of_two_files_interleaves);
    CPPUNIT_TEST(an_echo_passes_the_data_of_a_file);
    CPPUNIT_TEST(the_server_stops_where_the_credit_ends);
    CPPUNIT_TEST(what_is_used_up_lets_the_server_go_on);
    CPPUNIT_TEST(bytes_of_an_abandoned_file_give_credit_by_themselves);
    CPPUNIT_TEST(abandoning_cancels_the_answer);
    CPPUNIT_TEST(a_request_that_waits_can_be_cancelled);
    CPPUNIT_TEST(a_cancel_that_comes_too_late_is_ignored);
    CPPUNIT_TEST(a_client_that_gives_no_credit_loses_that_answer_alone);
    CPPUNIT_TEST(a_put_goes_on_when_it_was_stored);
    CPPUNIT_TEST(puts_that_wait_leave_the_others_their_credit);
    CPPUNIT_TEST_SUITE_END();

  public:
    void both_say_hello_first() {
        Bytes buffer(1000);
        CPPUNIT_ASSERT(client_->echo(text("x"), at(0s)));
        const auto said = client_->poll_transmit(buffer, at(0s)).bytes;
        CPPUNIT_ASSERT(FrameHeader::decode(buffer).value().type == FrameType::hello);
        server_->receive(ByteView(buffer).first(said), at(0s));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, to_client().size());
        CPPUNIT_ASSERT_EQUAL(std::string("128:0 2:1 4:1 "), frames());
        CPPUNIT_ASSERT(!client_->failed());
    }
    void several_requests_are_handed_out_at_once() {
        CPPUNIT_ASSERT(client_->request(FileRequest{"a", {}}, at(0s)));
        CPPUNIT_ASSERT(client_->request(ListingRequest{"b", {}}, at(0s)));
        CPPUNIT_ASSERT(client_->request(PutRequest{"c", 0, {}, false}, at(0s)));
        to_server();
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, wanted());
        server_->begin_listing(RequestId(2));
        server_->finish_listing(RequestId(2), {});
        server_->refuse(RequestId(1), make_error(ErrorCode::not_found, "cs", "no"));
        const auto events = to_client();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count<ListingEnded>(events));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count<RequestFailed>(events));
        CPPUNIT_ASSERT(server_->answering(RequestId(3)) && !server_->answering(RequestId(1)));
    }
    void no_more_answers_are_open_than_the_limit() {
        for (std::size_t i = 0; i < limits::kMaxAnswers + 2; ++i)
            CPPUNIT_ASSERT(client_->request(FileRequest{"a", {}}, at(0s)));
        CPPUNIT_ASSERT(client_->echo({}, at(0s)));
        to_server();
        CPPUNIT_ASSERT_EQUAL(limits::kMaxAnswers, wanted());
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count<Answered>(to_client()));  // the echo
        server_->refuse(RequestId(5), make_error(ErrorCode::not_found, "cs", "no"));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, wanted());
    }
    void data_of_two_files_interleaves() {
        const auto a = ask_file(600'000);
        const auto b = ask_file(600'000);
        const auto events = to_client();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, count<FileEnded>(events));
        CPPUNIT_ASSERT(a == RequestId(1) && b == RequestId(2));
        CPPUNIT_ASSERT_EQUAL(std::string("128:0 2:1 2:2 3:1 3:2 3:1 3:2 3:1 4:1 3:2 4:2 "),
                             frames());
    }
    void an_echo_passes_the_data_of_a_file() {
        ask_file(1'000'000);
        ask_file(1'000'000);
        Bytes buffer(1000);
        server_->on_sent(server_->poll_transmit(buffer, at(0s)).bytes, at(0s));
        CPPUNIT_ASSERT(client_->echo(text("x"), at(0s)));
        to_server();
        const auto next = server_->poll_transmit(buffer, at(0s));
        CPPUNIT_ASSERT(FrameHeader::decode(buffer).value().service == ServiceId::echo);
        CPPUNIT_ASSERT(next.file);
    }
    void the_server_stops_where_the_credit_ends() {
        ask_file(10'000'000);
        CPPUNIT_ASSERT_EQUAL(limits::kClientStream.first, file_bytes(to_client()));
        ask_file(10'000'000);
        CPPUNIT_ASSERT_EQUAL(limits::kClientWindow.first - limits::kClientStream.first,
                             file_bytes(to_client()));
        to_server();
        CPPUNIT_ASSERT(to_client().empty());
    }
    void what_is_used_up_lets_the_server_go_on() {
        const auto id = ask_file(10'000'000);
        std::uint64_t got = 0;
        for (int i = 0; i < 100 && client_->open_requests() > 0; ++i) {
            const auto events = to_client(std::chrono::milliseconds(i));
            const auto more = file_bytes(events);
            got += more;
            client_->consumed(id, more);
            to_server(std::chrono::milliseconds(i));
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{10'000'000}, got);
        CPPUNIT_ASSERT(!client_->failed());
    }
    void bytes_of_an_abandoned_file_give_credit_by_themselves() {
        const auto id = ask_file(limits::kClientStream.first);
        const auto bytes = from_server();  // on their way
        client_->abandon(id);
        CPPUNIT_ASSERT(to_client(bytes).empty());
        ask_file(limits::kClientStream.first);
        CPPUNIT_ASSERT_EQUAL(limits::kClientStream.first, file_bytes(to_client()));
    }
    void abandoning_cancels_the_answer() {
        const auto id = ask_file(10'000'000);
        (void)to_client();
        client_->abandon(id);
        to_server();
        CPPUNIT_ASSERT(!server_->answering(id));
        const auto dropped = server_->poll_event(at(0s));
        CPPUNIT_ASSERT(dropped &&
                       std::get<AnswerDropped>(*dropped).error.code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(to_client().empty());
        CPPUNIT_ASSERT(!client_->failed() && client_->open_requests() == 0);
    }
    void a_request_that_waits_can_be_cancelled() {
        for (std::size_t i = 0; i <= limits::kMaxAnswers; ++i)
            CPPUNIT_ASSERT(client_->request(FileRequest{"a", {}}, at(0s)));
        to_server();
        CPPUNIT_ASSERT_EQUAL(limits::kMaxAnswers, wanted());
        (void)to_client();
        client_->abandon(RequestId(limits::kMaxAnswers + 1));
        client_->abandon(RequestId(3));
        to_server();
        CPPUNIT_ASSERT(!server_->answering(RequestId(3)));
        CPPUNIT_ASSERT(!server_->answering(RequestId(limits::kMaxAnswers + 1)));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, wanted());  // that 3 was dropped
        (void)to_client();
        CPPUNIT_ASSERT_EQUAL(limits::kMaxAnswers - 1, client_->open_requests());
    }
    void a_cancel_that_comes_too_late_is_ignored() {
        const auto id = ask_file(100);
        (void)to_client();
        server_->receive(frame(FrameType::cancel, ServiceId::file, id.value()), at(0s));
        CPPUNIT_ASSERT(!server_->poll_event(at(0s)) && to_client().empty());
        CPPUNIT_ASSERT(server_failure(join(
                           {hello(streams()), frame(FrameType::cancel, ServiceId::file, 9)})) ==
                       ErrorCode::protocol);
    }
    void a_client_that_gives_no_credit_loses_that_answer_alone() {
        ask_file(10'000'000);
        (void)to_client();
        CPPUNIT_ASSERT(server_->next_timeout() == at(30s));
        server_->on_timeout(at(30s));
        const auto events = to_client(30s);
        CPPUNIT_ASSERT(std::get<RequestFailed>(events.at(0)).error.code == ErrorCode::timeout);
        CPPUNIT_ASSERT(client_->echo({}, at(30s)));
        to_server(30s);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count<Answered>(to_client(30s)));
    }
    void a_put_goes_on_when_it_was_stored() {
        const auto id = client_->request(PutRequest{"a", 9'000'000, {}, false}, at(0s)).value();
        client_->send_upload(id, Bytes(9'000'000));
        client_->end_upload(id, {9'000'000, {}});
        to_server();
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, wanted());
        server_->begin_put(id);
        std::uint64_t got = 0;
        std::uint64_t most = 0;
        for (int i = 0; i < 100; ++i) {
            const auto part = server_->fetch_upload(id);
            got += part.bytes.size();
            most = std::max(most, std::uint64_t{part.bytes.size()});
            if (part.end) break;
            (void)to_client(std::chrono::milliseconds(i));
            to_server(std::chrono::milliseconds(i));
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{9'000'000}, got);
        CPPUNIT_ASSERT(most <= limits::kServerStream.largest);
        server_->finish_put(id);
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, count<Answered>(to_client()));
    }
    void puts_that_wait_leave_the_others_their_credit() {
        const auto put = [this] {
            const auto id = client_->request(PutRequest{"a", 500'000, {}, false}, at(0s)).value();
            client_->send_upload(id, Bytes(500'000));
            client_->end_upload(id, {500'000, {}});
            return id;
        };
        std::vector<RequestId> all;
        for (std::size_t i = 0; i < limits::kMaxUploads; ++i) all.push_back(put());
        to_server();
        (void)to_client();
        to_server();
        const auto last = RequestId(limits::kMaxAnswers);  // the others are never begun
        server_->begin_put(last);
        std::uint64_t got = 0;
        for (int i = 0; i < 20; ++i) {
            (void)to_client();
            to_server();
            const auto part = server_->fetch_upload(last);
            got += part.bytes.size();
            if (part.end) break;
        }
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{500'000}, got);
        CPPUNIT_ASSERT(server_->wants_input());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamExchangeTest);

#include "stream_pair.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace gantry;
using namespace gantry::cs;

// Each end against a peer that breaks the rules of streams, or does not know them.
class StreamRulesTest : public StreamPair {
    CPPUNIT_TEST_SUITE(StreamRulesTest);
    CPPUNIT_TEST(the_server_refuses_hellos_out_of_place_and_unknown_needs);
    CPPUNIT_TEST(the_server_refuses_credit_and_cancel_without_hello);
    CPPUNIT_TEST(the_server_refuses_more_than_it_gave_credit_for);
    CPPUNIT_TEST(the_client_refuses_more_than_it_gave_credit_for);
    CPPUNIT_TEST(the_client_refuses_a_hello_out_of_place);
    CPPUNIT_TEST(a_client_works_with_a_server_that_skips_its_hello);
    CPPUNIT_TEST(frames_that_nobody_takes_stop_the_reading);
    CPPUNIT_TEST_SUITE_END();

  public:
    void the_server_refuses_hellos_out_of_place_and_unknown_needs() {
        Hello odd = streams();
        odd.needs.push_back(static_cast<Feature>(99));
        CPPUNIT_ASSERT(server_failure(hello(odd)) == ErrorCode::unsupported);
        (void)from_server();
        CPPUNIT_ASSERT_EQUAL(std::string("128:0 5:0 "), frames());
        CPPUNIT_ASSERT(server_failure(join({hello({}), hello({})})) == ErrorCode::protocol);
        CPPUNIT_ASSERT(server_failure(join({echo_request(1, "x"), hello({})})) ==
                       ErrorCode::protocol);
        Hello small;
        small.window = 1000;
        CPPUNIT_ASSERT(server_failure(hello(small)) == ErrorCode::protocol);
    }
    void the_server_refuses_credit_and_cancel_without_hello() {
        const auto credit = frame(FrameType::credit, ServiceId::file, 0, encode_credit(9));
        const auto cancel = frame(FrameType::cancel, ServiceId::file, 1);
        for (const auto& bytes : {credit, cancel, join({hello({}), credit})})
            CPPUNIT_ASSERT(server_failure(bytes) == ErrorCode::unsupported);
        const auto bad = frame(FrameType::credit, ServiceId::file, 0, text("short"));
        CPPUNIT_ASSERT(server_failure(join({hello(streams()), bad})) == ErrorCode::protocol);
    }
    void the_server_refuses_more_than_it_gave_credit_for() {
        const auto request = frame(FrameType::request, ServiceId::put, 1,
                                   PutRequest{"a", 1'000'000, {}, false}.encode());
        const auto data = [](std::size_t bytes) {
            return frame(FrameType::data, ServiceId::put, 1, Bytes(bytes));
        };
        CPPUNIT_ASSERT(server_failure(join({hello(streams()), request, data(65'537)})) ==
                       ErrorCode::protocol);
        server_.emplace(limits::ServerTimes{}, at(0s));
        server_->receive(join({hello(streams()), request, data(65'536)}), at(0s));
        CPPUNIT_ASSERT(std::holds_alternative<PutWanted>(*server_->poll_event(at(0s))));
    }
    void the_client_refuses_more_than_it_gave_credit_for() {
        const auto id = ask_file(10'000'000);
        (void)to_client();
        const auto data = frame(FrameType::data, ServiceId::file, id.value(), Bytes(1));
        CPPUNIT_ASSERT(client_failure(data) == ErrorCode::protocol);
    }
    void the_client_refuses_a_hello_out_of_place() {
        ask_file(10);
        (void)to_client();
        CPPUNIT_ASSERT(client_failure(hello({})) == ErrorCode::protocol);
        client_.emplace();  // and one that was not asked for
        CPPUNIT_ASSERT(client_->echo({}, at(0s)));
        CPPUNIT_ASSERT(client_failure(hello({})) == ErrorCode::protocol);
    }
    void a_client_works_with_a_server_that_skips_its_hello() {
        const auto id = client_->request(FileRequest{"a", {}}, at(0s)).value();
        const auto put = client_->request(PutRequest{"b", 100'000, {}, false}, at(0s)).value();
        client_->send_upload(put, Bytes(100'000));
        const auto size = 3 * limits::kClientWindow.first;
        const auto answer =
            join({frame(FrameType::response, ServiceId::file, 1, FileResponse{size}.encode()),
                  frame(FrameType::data, ServiceId::file, 1, Bytes(2 << 20U))});
        Bytes buffer(200'000);
        const auto before = client_->poll_transmit(buffer, at(0s)).bytes;
        CPPUNIT_ASSERT(before > limits::kEarlyUpload && before < limits::kEarlyUpload + 1000);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{2 << 20U}, file_bytes(to_client(answer)));
        for (int i = 0; i < 3; ++i)
            (void)to_client(frame(FrameType::data, ServiceId::file, 1, Bytes(2 << 20U)));
        client_->consumed(id, 8 << 20U);
        CPPUNIT_ASSERT(!client_->failed());
        const auto rest = client_->poll_transmit(buffer, at(0s)).bytes;  // and no credit
        CPPUNIT_ASSERT_EQUAL(100'000 - limits::kEarlyUpload + FrameHeader::kSize, rest);
        client_->abandon(id);
        CPPUNIT_ASSERT(client_->poll_transmit(buffer, at(0s)).empty());  // and no cancel
    }
    void frames_that_nobody_takes_stop_the_reading() {
        server_->receive(hello(streams()), at(0s));
        std::uint32_t id = 0;
        for (; server_->wants_input() && id < 100'000; ++id)
            server_->receive(join({file_request(id + 1, "a"),
                                   frame(FrameType::cancel, ServiceId::file, id + 1)}),
                             at(0s));
        CPPUNIT_ASSERT(id > 1000 && id < 100'000);
        (void)from_server();
        CPPUNIT_ASSERT(server_->wants_input());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(StreamRulesTest);

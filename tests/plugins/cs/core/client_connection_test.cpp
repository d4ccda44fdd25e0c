#include "core_bytes.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/core/client_connection.h>
#include <cs/wire/limits.h>

using namespace gantry;
using namespace gantry::cs;

class ClientConnectionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientConnectionTest);
    CPPUNIT_TEST(sends_requests_with_rising_ids);
    CPPUNIT_TEST(refuses_more_requests_than_the_limit);
    CPPUNIT_TEST(refuses_a_body_longer_than_a_frame);
    CPPUNIT_TEST(times_out_without_an_answer);
    CPPUNIT_TEST(does_not_time_out_while_paused_or_idle);
    CPPUNIT_TEST(fails_when_the_server_closes);
    CPPUNIT_TEST(tells_a_failure_once_and_takes_no_more_requests);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ClientConnection> client_;
    std::string sent() {
        Bytes buffer(100'000);
        return std::string(
            as_text(ByteView(buffer).first(client_->poll_transmit(buffer, at(0s)).bytes)));
    }
    ErrorCode failure() {
        const auto event = client_->poll_event();
        CPPUNIT_ASSERT(event && std::holds_alternative<ClientFailed>(*event));
        return std::get<ClientFailed>(*event).error.code;
    }

  public:
    void setUp() override { client_.emplace(); }

    void sends_requests_with_rising_ids() {
        CPPUNIT_ASSERT(client_->request(FileRequest{"a", {}}, at(0s)).value() == RequestId(1));
        CPPUNIT_ASSERT(client_->request(ListingRequest{"b", {}}, at(0s)).value() == RequestId(2));
        CPPUNIT_ASSERT(client_->echo(text("x"), at(0s)).value() == RequestId(3));
        const auto expected =
            join({file_request(1, "a"), listing_request(2, "b"), echo_request(3, "x")});
        CPPUNIT_ASSERT_EQUAL(std::string(as_text(expected)), sent());
        CPPUNIT_ASSERT(sent().empty());
    }
    void refuses_more_requests_than_the_limit() {
        for (std::size_t i = 0; i < limits::kMaxPendingRequests; ++i)
            CPPUNIT_ASSERT(client_->echo({}, at(0s)));
        CPPUNIT_ASSERT(client_->echo({}, at(0s)).error().code == ErrorCode::limit);
    }
    void refuses_a_body_longer_than_a_frame() {
        CPPUNIT_ASSERT(client_->echo(Bytes(limits::kMaxBody), at(0s)));
        const auto refused = client_->echo(Bytes(limits::kMaxBody + 1), at(0s));
        CPPUNIT_ASSERT(refused.error().code == ErrorCode::limit);
    }
    void times_out_without_an_answer() {
        CPPUNIT_ASSERT(client_->echo({}, at(5s)));
        CPPUNIT_ASSERT(client_->next_timeout() == at(65s));
        const auto part = frame(FrameType::response, ServiceId::echo, 1);
        client_->receive(ByteView(part).first(3), at(30s));
        CPPUNIT_ASSERT(!client_->poll_event());
        CPPUNIT_ASSERT(client_->next_timeout() == at(90s));
        client_->on_timeout(at(89s));
        CPPUNIT_ASSERT(!client_->poll_event());
        client_->on_timeout(at(90s));
        CPPUNIT_ASSERT(failure() == ErrorCode::timeout);
    }
    void does_not_time_out_while_paused_or_idle() {
        CPPUNIT_ASSERT(!client_->next_timeout());
        CPPUNIT_ASSERT(client_->echo({}, at(5s)));
        client_->pause(true, at(6s));
        CPPUNIT_ASSERT(!client_->next_timeout());
        client_->pause(false, at(100s));
        CPPUNIT_ASSERT(client_->next_timeout() == at(160s));
    }
    void fails_when_the_server_closes() {
        CPPUNIT_ASSERT(client_->request(FileRequest{"a", {}}, at(0s)));
        client_->receive_end(at(1s));
        CPPUNIT_ASSERT(failure() == ErrorCode::network);
    }
    void tells_a_failure_once_and_takes_no_more_requests() {
        client_->lost(make_error(ErrorCode::network, "net", "reset"));
        client_->lost(make_error(ErrorCode::timeout, "net", "late"));
        CPPUNIT_ASSERT(failure() == ErrorCode::network);
        CPPUNIT_ASSERT(!client_->poll_event());
        CPPUNIT_ASSERT(client_->echo({}, at(0s)).error().code == ErrorCode::closed);
        CPPUNIT_ASSERT(client_->failed() && sent().empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClientConnectionTest);

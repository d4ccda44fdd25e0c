#include "connect_operation.h"

#include <cppunit/extensions/HelperMacros.h>
#include <host/system/asio_loop.h>
#include <host/system/system_connector.h>
#include <support/silent_listener.h>

#include "resolver.h"

using namespace gantry;
using gantry::host::ConnectOperation;
using gantry::host::SystemConnector;

namespace {

// How the addresses of one name are tried. All of 127.0.0.0/8 is this machine, so one port has
// another behaviour at each address.
class ConnectOperationTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ConnectOperationTest);
    CPPUNIT_TEST(a_silent_address_is_joined_by_the_next_after_its_head_start);
    CPPUNIT_TEST(a_refusing_address_is_followed_by_the_next_at_once);
    CPPUNIT_TEST(when_all_refuse_the_first_error_is_told);
    CPPUNIT_TEST(a_silent_address_is_waited_for_after_the_others_refused);
    CPPUNIT_TEST(the_winner_ends_the_other_attempts);
    CPPUNIT_TEST_SUITE_END();

    using Outcome = Result<std::unique_ptr<Stream>>;
    static constexpr Duration kTimeout = std::chrono::seconds(20);

    host::AsioLoop loop_;
    host::Resolver resolver_;
    SystemConnector connector_;
    const ConnectPolicy policy_{};
    testing::SilentListener silent_;  // 127.0.0.1
    const std::uint16_t port_ = silent_.endpoint().port;
    const IpAddress quiet_ = *IpAddress::parse("127.0.0.1");
    const IpAddress refusing_ = *IpAddress::parse("127.0.0.2");
    const IpAddress listening_ = *IpAddress::parse("127.0.0.3");
    std::unique_ptr<Listener> listener_;
    std::vector<std::unique_ptr<Stream>> accepted_;
    Duration elapsed_{};

    void listen() {
        auto made = connector_.listen(
            loop_, Endpoint{listening_, port_}, {},
            [this](std::unique_ptr<Stream> s) { accepted_.push_back(std::move(s)); });
        CPPUNIT_ASSERT(made.ok());
        listener_ = std::move(*made);
    }
    Outcome connect(std::vector<IpAddress> addresses, Duration timeout = kTimeout) {
        std::optional<Outcome> outcome;
        const TimePoint start = loop_.now();
        ConnectOperation operation(policy_, resolver_, loop_, {"several.example", port_},
                                   [&](Outcome r) { outcome = std::move(r); });
        operation.start_with(std::move(addresses), timeout);
        while (!outcome) loop_.run_once(kTimeout);
        elapsed_ = loop_.now() - start;
        return std::move(*outcome);
    }

    void a_silent_address_is_joined_by_the_next_after_its_head_start() {
        listen();
        const Outcome made = connect({quiet_, listening_});
        CPPUNIT_ASSERT(made.ok());
        CPPUNIT_ASSERT((*made)->peer().address == listening_);
        CPPUNIT_ASSERT(elapsed_ >= SystemConnector::kAttemptDelay);
    }
    void a_refusing_address_is_followed_by_the_next_at_once() {
        listen();
        const Outcome made = connect({refusing_, refusing_, refusing_, listening_});
        CPPUNIT_ASSERT(made.ok());
        CPPUNIT_ASSERT(elapsed_ < 3 * SystemConnector::kAttemptDelay);
    }
    void when_all_refuse_the_first_error_is_told() {
        const Outcome made = connect({refusing_, listening_});
        CPPUNIT_ASSERT(!made.ok());
        CPPUNIT_ASSERT(ErrorCode::network == made.error().code);
        CPPUNIT_ASSERT(describe(made.error()).find("127.0.0.2") != std::string::npos);
    }
    void a_silent_address_is_waited_for_after_the_others_refused() {
        const Outcome made = connect({quiet_, refusing_}, std::chrono::milliseconds(400));
        CPPUNIT_ASSERT(!made.ok());
        CPPUNIT_ASSERT(ErrorCode::timeout == made.error().code);
        CPPUNIT_ASSERT(elapsed_ >= std::chrono::milliseconds(400));
    }
    void the_winner_ends_the_other_attempts() {
        listen();
        const Outcome made = connect({quiet_, quiet_, listening_});
        CPPUNIT_ASSERT(made.ok());
        while (accepted_.empty()) loop_.run_once(kTimeout);
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, loop_.counts().watches);  // the listener, both ends
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConnectOperationTest);

}  // namespace

#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>
#include <gantry/net/transport.h>

using namespace gantry;
using namespace gantry::cs;

namespace {

// A transport of another name, which counts what it carries.
class CountedTransport final : public Transport {
  public:
    explicit CountedTransport(ServiceRef<Transport> tcp) : tcp_(std::move(tcp)) {}
    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        ++connected;
        return tcp_->connect(loop, to, options, std::move(done));
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        ++listened;
        return tcp_->listen(loop, at, options, std::move(accepted));
    }
    int connected = 0;
    int listened = 0;

  private:
    ServiceRef<Transport> tcp_;
};

}  // namespace

class ClientTransportTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ClientTransportTest);
    CPPUNIT_TEST(both_ends_go_over_the_transport_that_is_named);
    CPPUNIT_TEST(tcp_carries_what_names_no_other);
    CPPUNIT_TEST(a_transport_that_nobody_brings_is_told);
    CPPUNIT_TEST(the_classic_wire_goes_over_tcp_alone);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;
    std::unique_ptr<CountedTransport> at_server_ = offer("server");
    std::unique_ptr<CountedTransport> at_client_ = offer("client");
    std::vector<Registration> offered_;

    std::unique_ptr<CountedTransport> offer(const char* machine) {
        auto tcp = hosts_.world.machine(machine).services().require<Transport>("tcp");
        return std::make_unique<CountedTransport>(std::move(*tcp));
    }
    void provide() {
        auto& world = hosts_.world;
        offered_.push_back(
            world.machine("server").services().provide<Transport>(*at_server_, "rudp").value());
        offered_.push_back(
            world.machine("client").services().provide<Transport>(*at_client_, "rudp").value());
    }

  public:
    void setUp() override { hosts_.served().write_file("srv/a", "abc"); }

    void both_ends_go_over_the_transport_that_is_named() {
        provide();
        const auto url = hosts_.serve("--insecure --loops 1 --over rudp");
        assert_ok(hosts_.client.run("cs get " + url + "a --over rudp"));
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), hosts_.files().read_file("a"));
        CPPUNIT_ASSERT_EQUAL(1, at_client_->connected);
        CPPUNIT_ASSERT(at_server_->listened > 0);
        hosts_.assert_clean_stop();
    }
    void tcp_carries_what_names_no_other() {
        provide();
        const auto url = hosts_.serve();
        assert_ok(hosts_.client.run("cs get " + url + "a"));
        CPPUNIT_ASSERT_EQUAL(0, at_client_->connected + at_server_->listened);
    }
    void a_transport_that_nobody_brings_is_told() {
        const auto url = hosts_.serve();
        const auto result = hosts_.client.run("cs get " + url + "a --over rudp");
        assert_failed(ErrorCode::not_found, result);
        assert_failed(ErrorCode::not_found, hosts_.server.run("cs serve /x --over rudp"));
    }
    void the_classic_wire_goes_over_tcp_alone() {
        provide();
        assert_failed(ErrorCode::usage,
                      hosts_.client.run("cs get cs://h/a --over rudp --wire classic"));
        assert_failed(ErrorCode::usage,
                      hosts_.server.run("cs serve /x --over rudp --wire classic"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ClientTransportTest);

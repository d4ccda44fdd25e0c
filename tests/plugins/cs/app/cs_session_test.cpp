#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>
#include <cs/net/channel_pulse.h>

#include <set>

using namespace gantry;
using namespace gantry::cs;

namespace {

// Lets the world go on while a call waits.
class DrivingToken final : public CancelToken {
  public:
    explicit DrivingToken(testing::TestWorld& world) : world_(world) {}
    bool cancel_requested() const noexcept override { return cancelled; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration limit) override {
        world_.clock().run_for(limit);
        return cancelled;
    }
    bool cancelled = false;

  private:
    testing::TestWorld& world_;
};

}  // namespace

class CsSessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CsSessionTest);
    CPPUNIT_TEST(opens_and_knows_its_base);
    CPPUNIT_TEST(refuses_what_it_cannot_open);
    CPPUNIT_TEST(tells_folders_from_files);
    CPPUNIT_TEST(gives_up_when_cancelled);
    CPPUNIT_TEST(an_idle_session_stays_connected);
    CPPUNIT_TEST(a_server_that_vanished_is_noticed_and_found_again);
    CPPUNIT_TEST(a_lost_connection_is_made_again_by_the_next_command);
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;

    // From how many connections requests have come.
    std::size_t connections() {
        std::set<std::string> peers;
        for (const auto& line : hosts_.server_log())
            peers.insert(line.text.substr(0, line.text.find(' ')));
        return peers.size();
    }

  public:
    void opens_and_knows_its_base() {
        const auto url = hosts_.serve();
        auto session = hosts_.client.open_session(url + "some/where/");
        CPPUNIT_ASSERT(session);
        CPPUNIT_ASSERT_EQUAL(url.substr(0, url.size() - 1), (*session)->base());
        session->reset();
        hosts_.assert_clean_stop();
    }
    void refuses_what_it_cannot_open() {
        CPPUNIT_ASSERT(hosts_.client.open_session("cs://").error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(!hosts_.client.open_session(
            "cs://" + hosts_.world.machine("server").address().to_string() + ":9/"));
    }
    void tells_folders_from_files() {
        hosts_.served().write_file("srv/top/a", "one");
        CPPUNIT_ASSERT(hosts_.served().make_folders("srv/empty"));
        const auto session = hosts_.client.open_session(hosts_.serve()).value();
        DrivingToken token(hosts_.world);
        for (const auto* folder : {"", "/", "top", "top/", "empty"})
            CPPUNIT_ASSERT(session->check_folder(folder[0] == '/' ? folder + 1 : folder, token));
        CPPUNIT_ASSERT(session->check_folder("top/a", token).error().code == ErrorCode::usage);
        CPPUNIT_ASSERT(session->check_folder("none", token).error().code == ErrorCode::not_found);
        CPPUNIT_ASSERT(session->check_folder("../x", token).error().code == ErrorCode::denied);
    }
    void gives_up_when_cancelled() {
        const auto session = hosts_.client.open_session(hosts_.serve()).value();
        hosts_.world.network().cut("server", "client");
        DrivingToken token(hosts_.world);
        token.cancelled = true;
        CPPUNIT_ASSERT(session->check_folder("", token).error().code == ErrorCode::cancelled);
    }
    void an_idle_session_stays_connected() {
        const auto session = hosts_.client.open_session(hosts_.serve()).value();
        DrivingToken token(hosts_.world);
        for (int i = 0; i < 3; ++i) {
            CPPUNIT_ASSERT(session->check_folder("", token));
            hosts_.world.clock().run_for(std::chrono::minutes(5));
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, connections());
    }
    void a_server_that_vanished_is_noticed_and_found_again() {
        const auto session = hosts_.client.open_session(hosts_.serve()).value();
        DrivingToken token(hosts_.world);
        CPPUNIT_ASSERT(session->check_folder("", token));
        hosts_.world.network().cut("server", "client");
        hosts_.world.clock().run_for(2 * ChannelPulse::kBeat + std::chrono::seconds(1));
        hosts_.world.network().mend("server", "client");
        const auto start = hosts_.world.clock().now();
        CPPUNIT_ASSERT(session->check_folder("", token));
        CPPUNIT_ASSERT(hosts_.world.clock().now() - start < std::chrono::seconds(2));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, connections());
    }
    void a_lost_connection_is_made_again_by_the_next_command() {
        hosts_.served().write_file("srv/a", "hello");
        const auto url = hosts_.serve();
        auto session = hosts_.client.open_session(url).value();
        testing::RunOptions options;
        options.session = session.get();
        hosts_.world.network().reset_streams("server", "client");
        hosts_.world.clock().run_for(std::chrono::seconds(1));
        for (int i = 0; i < 3; ++i) assert_ok(hosts_.client.run("cs get " + url + "a", options));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, connections());
        session.reset();
        hosts_.assert_clean_stop();
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsSessionTest);

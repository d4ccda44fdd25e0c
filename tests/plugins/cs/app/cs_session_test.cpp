#include "cs_hosts.h"

#include <cppunit/extensions/HelperMacros.h>

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
    CPPUNIT_TEST_SUITE_END();

    CsHosts hosts_;

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
};
CPPUNIT_TEST_SUITE_REGISTRATION(CsSessionTest);

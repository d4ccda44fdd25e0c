#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;

namespace {

class PluginSessionTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginSessionTest);
    CPPUNIT_TEST(opens_by_scheme_and_loads_the_plugin);
    CPPUNIT_TEST(checks_folders_there);
    CPPUNIT_TEST(hands_the_plugin_its_own_session_back);
    CPPUNIT_TEST(a_refused_session_tells_why);
    CPPUNIT_TEST(an_unknown_scheme_is_not_found);
    CPPUNIT_TEST(is_in_the_ledger_while_it_is_open);
    CPPUNIT_TEST_SUITE_END();

    std::optional<ManagerFixture> fixture_;
    std::unique_ptr<Job> job_;
    ManagerFixture& f() { return *fixture_; }

  public:
    void setUp() override {
        fixture_.emplace();
        job_ = f().runtime.jobs().start("host", "open");
    }
    void tearDown() override {
        job_.reset();
        fixture_.reset();
    }

  private:
    Result<std::unique_ptr<Session>> open(const std::string& url) {
        return f().manager().open_session(url, {}, *job_, {});
    }

    void opens_by_scheme_and_loads_the_plugin() {
        const auto session = open("good://server:1");
        CPPUNIT_ASSERT(session.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("good://server:1"), (*session)->base());
        CPPUNIT_ASSERT(f().manager().info("good")->state == PluginState::loaded);
    }
    void checks_folders_there() {
        const auto session = open("good://server");
        CPPUNIT_ASSERT((*session)->check_folder("there", *job_).ok());
        const auto missing = (*session)->check_folder("else", *job_);
        CPPUNIT_ASSERT(!missing.ok() && missing.error().code == ErrorCode::not_found);
    }
    void hands_the_plugin_its_own_session_back() {
        const auto session = open("good://server");
        Run with("good session");
        with.session = session->get();
        CPPUNIT_ASSERT(f().manager().start(with.request()).ok());
        CPPUNIT_ASSERT(*with.wait().result.find("base") == Value("good://server"));
        CPPUNIT_ASSERT(*f().run("good session").result.find("base") == Value("none"));
    }
    void a_refused_session_tells_why() {
        const auto session = open("good://bad");
        CPPUNIT_ASSERT(!session.ok() && session.error().code == ErrorCode::network);
    }
    void an_unknown_scheme_is_not_found() {
        for (const char* url : {"gopher://server", "no url at all"}) {
            const auto session = open(url);
            CPPUNIT_ASSERT(!session.ok() && session.error().code == ErrorCode::not_found);
        }
    }
    void is_in_the_ledger_while_it_is_open() {
        auto session = open("good://server");
        CPPUNIT_ASSERT(f().ledger("good").find("session 1") != std::string::npos);
        session->reset();
        CPPUNIT_ASSERT(f().ledger("good").find("session 1") == std::string::npos);
        CPPUNIT_ASSERT(f().unload("good").unmapped);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginSessionTest);

}  // namespace

#include <host/loader/limits.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <thread>

#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

// Ends what the plugin `stuck` waits for.
class Release {
  public:
    Release() : fd_(::eventfd(0, EFD_CLOEXEC)) {}
    Release(const Release&) = delete;
    Release& operator=(const Release&) = delete;
    ~Release() { ::close(fd_); }
    std::string number() const { return std::to_string(fd_); }
    void set() const { CPPUNIT_ASSERT(::eventfd_write(fd_, 1) == 0); }

  private:
    int fd_;
};

class PluginUnloadTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginUnloadTest);
    CPPUNIT_TEST(ends_what_runs_and_proves_that_the_code_is_gone);
    CPPUNIT_TEST(takes_back_all_that_a_plugin_left_behind);
    CPPUNIT_TEST(a_plugin_that_throws_in_stop_is_unloaded_all_the_same);
    CPPUNIT_TEST(a_start_that_fails_leaves_nothing);
    CPPUNIT_TEST(a_plugin_that_never_finishes_stopping_is_retained_after_the_drain);
    CPPUNIT_TEST(a_loop_that_hangs_is_retained_and_ends_later_by_itself);
    CPPUNIT_TEST(a_command_that_does_not_end_keeps_its_plugin_retained);
    CPPUNIT_TEST(a_call_that_is_kept_ends_with_the_drain);
    CPPUNIT_TEST(the_host_goes_on_and_loads_it_anew);
    CPPUNIT_TEST(a_file_that_cannot_be_unmapped_is_retained_with_the_reason);
    CPPUNIT_TEST(a_session_is_revoked_and_then_inert);
    CPPUNIT_TEST_SUITE_END();

    // Before the fixture, as the plugin's threads may outlive the manager.
    Release release_;
    std::optional<ManagerFixture> fixture_;
    std::string file_;
    ManagerFixture& f() { return *fixture_; }

  public:
    void setUp() override { fixture_.emplace(); }
    void tearDown() override { fixture_.reset(); }

  private:
    // The private copies of a plugin that are mapped, its former lives' among them.
    static std::set<std::string> copies(const std::string& name) {
        std::set<std::string> found;
        std::ifstream in("/proc/self/maps");
        for (std::string line; std::getline(in, line);)
            if (line.find("/" + name + "-") != std::string::npos)
                found.insert(line.substr(line.find('/')));
        return found;
    }
    // Loads it; `file_` is its copy then.
    void load(const std::string& name) {
        const auto before = copies(name);
        f().load(name);
        for (const auto& file : copies(name))
            if (!before.contains(file)) file_ = file;
        CPPUNIT_ASSERT(mapped());
    }
    bool mapped() const {
        std::ifstream in("/proc/self/maps");
        for (std::string line; std::getline(in, line);)
            if (line.find(file_) != std::string::npos) return true;
        return false;
    }
    static bool has(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    // Until a retained plugin has gone by itself; the test's time limit bounds it.
    void wait_until_gone() const {
        while (mapped()) std::this_thread::yield();
    }
    void stuck(const std::string& how) {
        f().settings["stuck.how"] = how;
        f().settings["stuck.release"] = release_.number();
        load("stuck");
    }

    void ends_what_runs_and_proves_that_the_code_is_gone() {
        load("good");
        Run wait("good wait");
        Run block("good block");
        CPPUNIT_ASSERT(f().manager().start(wait.request()).ok());
        CPPUNIT_ASSERT(f().manager().start(block.request()).ok());
        wait.wait_until_listening();
        block.wait_until_listening();
        const auto report = f().unload("good");
        CPPUNIT_ASSERT(report.unmapped && report.retained_reason.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, report.cancelled_jobs);
        CPPUNIT_ASSERT(report.elapsed > Duration::zero() && report.elapsed < seconds(10));
        CPPUNIT_ASSERT(wait.wait().error->code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(block.wait().error->code == ErrorCode::cancelled);
        CPPUNIT_ASSERT(!mapped());
    }
    void takes_back_all_that_a_plugin_left_behind() {
        Run leak("messy leak");
        CPPUNIT_ASSERT(f().manager().start(leak.request()).ok());
        leak.wait_until_listening();
        CPPUNIT_ASSERT_EQUAL(
            std::string("call 1, command 2, descriptor 1, job 2, listener 1, loop 1, "
                        "service 1, service observer 1, thread 1, timer 2"),
            f().ledger("messy"));
        const auto report = f().unload("messy", milliseconds(50));
        CPPUNIT_ASSERT_MESSAGE(report.retained_reason, report.unmapped);
        // Timers and the watch (its own and the listener's), the listener, the command, the
        // service, its observer, and the job that no command asked for.
        CPPUNIT_ASSERT_EQUAL(std::size_t{9}, report.swept);
        CPPUNIT_ASSERT(leak.wait().error->code == ErrorCode::cancelled);
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, f().runtime.jobs().running("messy"));
        CPPUNIT_ASSERT(!f().runtime.services().has({"gantry.digest", 7}, {}));
    }
    void a_plugin_that_throws_in_stop_is_unloaded_all_the_same() {
        f().settings["thrower.where"] = "stop";
        f().load("thrower");
        CPPUNIT_ASSERT(f().unload("thrower").unmapped);
        CPPUNIT_ASSERT(f().logged("thrown in stop"));
    }
    void a_start_that_fails_leaves_nothing() {
        const std::pair<std::string, std::string> cases[] = {
            {"start", "thrown in start"},
            {"error", "will not start"},
            {"unbound", "did not bind the command thrower later"}};
        for (const auto& [where, words] : cases) {
            f().settings["thrower.where"] = where;
            const auto refused = f().manager().load("thrower");
            CPPUNIT_ASSERT(!refused.ok() && refused.error().code == ErrorCode::plugin);
            CPPUNIT_ASSERT_MESSAGE(refused.error().message, has(refused.error().message, words));
            CPPUNIT_ASSERT(f().manager().info("thrower")->state == PluginState::available);
            CPPUNIT_ASSERT(copies("thrower").empty());
        }
    }
    void a_plugin_that_never_finishes_stopping_is_retained_after_the_drain() {
        stuck("stop");
        const auto report = f().unload("stuck", milliseconds(30));
        CPPUNIT_ASSERT(!report.unmapped);
        CPPUNIT_ASSERT_EQUAL(std::string("it did not finish stopping within 30.0ms"),
                             report.retained_reason);
        CPPUNIT_ASSERT(report.elapsed >= milliseconds(30));
        CPPUNIT_ASSERT(mapped());
        const auto info = f().manager().info("stuck");
        CPPUNIT_ASSERT(info->state == PluginState::retained);
        CPPUNIT_ASSERT(info->problem && info->problem->message == report.retained_reason);
        CPPUNIT_ASSERT(!f().runtime.services().has({"gantry.digest", 9}, {}));
    }
    void a_loop_that_hangs_is_retained_and_ends_later_by_itself() {
        stuck("loop");
        CPPUNIT_ASSERT(!f().unload("stuck", milliseconds(30)).unmapped);
        CPPUNIT_ASSERT(mapped());
        release_.set();
        wait_until_gone();
    }
    void a_command_that_does_not_end_keeps_its_plugin_retained() {
        stuck("command");
        Run hang("stuck hang");
        CPPUNIT_ASSERT(f().manager().start(hang.request()).ok());
        hang.wait_until_listening();
        const auto report = f().unload("stuck", milliseconds(30));
        CPPUNIT_ASSERT(!report.unmapped);
        CPPUNIT_ASSERT_MESSAGE(report.retained_reason,
                               has(report.retained_reason, "a thread of it did not end"));
        CPPUNIT_ASSERT_MESSAGE("the shell is not left waiting", hang.ended());
        CPPUNIT_ASSERT(hang.wait().error->code == ErrorCode::cancelled);
        release_.set();
        wait_until_gone();
    }
    void a_call_that_is_kept_ends_with_the_drain() {
        stuck("command");
        Run keep("stuck keep");
        CPPUNIT_ASSERT(f().manager().start(keep.request()).ok());
        keep.wait_until_listening();
        const auto report = f().unload("stuck", milliseconds(30));
        CPPUNIT_ASSERT_MESSAGE(report.retained_reason, report.unmapped);
        CPPUNIT_ASSERT(keep.wait().error->code == ErrorCode::cancelled);
    }
    void the_host_goes_on_and_loads_it_anew() {
        stuck("loop");
        CPPUNIT_ASSERT(!f().unload("stuck", milliseconds(30)).unmapped);
        CPPUNIT_ASSERT(!f().run("good echo").error);
        const std::string first = file_;
        stuck("command");
        CPPUNIT_ASSERT(first != file_);
        CPPUNIT_ASSERT(f().unload("stuck").unmapped);
        CPPUNIT_ASSERT(!mapped());
        file_ = first;
        release_.set();
        wait_until_gone();
    }
    void a_file_that_cannot_be_unmapped_is_retained_with_the_reason() {
        ManagerFixture pinned({PINNED_PLUGINS});
        pinned.load("pinned");
        const auto report = pinned.unload("pinned");
        CPPUNIT_ASSERT(!report.unmapped);
        CPPUNIT_ASSERT_MESSAGE(report.retained_reason,
                               has(report.retained_reason, "the dynamic linker keeps it"));
        CPPUNIT_ASSERT(!copies("pinned").empty());
        pinned.load("pinned");
        CPPUNIT_ASSERT(pinned.manager().info("pinned")->state == PluginState::loaded);
    }
    void a_session_is_revoked_and_then_inert() {
        auto job = f().runtime.jobs().start("host", "open");
        std::atomic<bool> revoked{false};
        auto session =
            f().manager().open_session("good://server", {}, *job, [&revoked] { revoked = true; });
        CPPUNIT_ASSERT(session.ok());
        CPPUNIT_ASSERT(f().unload("good").unmapped);
        CPPUNIT_ASSERT(revoked);
        CPPUNIT_ASSERT_EQUAL(std::string("good://server"), (*session)->base());
        const auto checked = (*session)->check_folder("there", *job);
        CPPUNIT_ASSERT(!checked.ok() && checked.error().code == ErrorCode::closed);
        session->reset();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginUnloadTest);

}  // namespace

#include <gantry/plugin/abi.h>

#include <iostream>
#include <list>
#include <sstream>
#include <thread>

#include "footprint.h"
#include "manager_fixture.h"

using namespace gantry;
using namespace gantry::host;
namespace fs = std::filesystem;

namespace {

// A sanitizer makes each cycle many times slower; some dozens still show what grows with each.
const bool kSanitized = std::string_view(GANTRY_SANITIZER) != "none";
// So many cycles, and after how many of them nothing may grow any more.
struct Cycles {
    int all;
    int warm;
};
const Cycles kShipped = kSanitized ? Cycles{60, 30} : Cycles{1000, 200};
const Cycles kTestPlugin = kSanitized ? Cycles{60, 30} : Cycles{400, 200};
// What two measures may differ by: the allocator's own tables and the last jobs' titles.
constexpr std::size_t kHeapSlack = 64 * 1024;
constexpr std::size_t kResidentSlack = 2 * 1024 * 1024;

double milliseconds(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }

Duration median(std::vector<Duration> all) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2),
                     all.end());
    return all[all.size() / 2];
}

class PluginCyclesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PluginCyclesTest);
    CPPUNIT_TEST(shipped_plugins_leave_nothing);
    CPPUNIT_TEST(a_plugin_with_commands_sessions_and_threads_leaves_nothing);
    CPPUNIT_TEST(a_consumer_and_its_provider_leave_nothing);
    CPPUNIT_TEST(a_plugin_that_leaves_all_behind_leaves_nothing);
    CPPUNIT_TEST(a_plugin_that_throws_leaves_nothing);
    CPPUNIT_TEST_SUITE_END();

    testing::TemporaryFolder folder_;
    std::optional<ManagerFixture> fixture_;
    const fs::path file_ = folder_.write("served/file.bin", std::string(100'000, 'x'));

    // The job table keeps so many ended jobs; filled from the start, it grows no more.
    void look_in(const char* folder) {
        fixture_.emplace(std::vector<fs::path>{folder});
        for (std::size_t i = 0; i < JobTable::kKept; ++i)
            fixture_->runtime.jobs().start("host", "a title as long as most")->finish({});
    }

  public:
    void setUp() override { look_in(TEST_PLUGINS); }
    void tearDown() override { fixture_.reset(); }

  private:
    // A thread that was joined may still be listed for a moment.
    static Footprint settled(const Footprint& wanted) {
        Footprint now = measure_footprint();
        for (int i = 0; i < 10'000 && now.threads > wanted.threads; ++i) {
            std::this_thread::yield();
            now = measure_footprint();
        }
        return now;
    }
    static void check(const std::string& name, const Footprint& warm, const Footprint& end) {
        const std::string both = name + ": " + to_string(warm) + " became " + to_string(end);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(both, std::size_t{0}, end.mappings);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(both, warm.threads, end.threads);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(both, warm.descriptors, end.descriptors);
        CPPUNIT_ASSERT_MESSAGE(both, end.heap <= warm.heap + kHeapSlack);
        CPPUNIT_ASSERT_MESSAGE(both, kSanitized || end.resident <= warm.resident + kResidentSlack);
    }
    // Loads `name` and what it requires, uses it, and unloads `last` with all that requires it.
    void cycle(const std::string& name, const std::string& last, const std::function<void()>& use,
               Cycles cycles = kTestPlugin) {
        std::vector<Duration> loads;
        std::vector<Duration> unloads;
        Footprint warm;
        for (int i = 1; i <= cycles.all; ++i) {
            fixture_->load(name);
            loads.push_back(fixture_->manager().info(name)->load_time);
            use();
            const auto reports = fixture_->manager().unload(last, {std::chrono::seconds(10), true});
            CPPUNIT_ASSERT_MESSAGE(reports ? "" : describe(reports.error()), reports.ok());
            for (const auto& report : *reports)
                CPPUNIT_ASSERT_MESSAGE(report.name + ": " + report.retained_reason,
                                       report.unmapped);
            unloads.push_back(reports->front().elapsed);
            fixture_->clear_log();
            if (i == cycles.warm) warm = settled(warm);
        }
        const Footprint end = settled(warm);
        std::ostringstream line;
        line << "\n  " << name << ": " << cycles.all << " cycles; load "
             << milliseconds(median(loads)) << " ms, unload " << milliseconds(median(unloads))
             << " ms (median); after " << cycles.warm << ": " << to_string(warm) << "; after "
             << cycles.all << ": " << to_string(end);
        std::cout << line.str() << std::flush;
        check(name, warm, end);
    }
    void expect_ok(const std::string& name, const std::vector<std::string>& words) {
        Run run(name, fixture_->parse(name, words));
        const auto id = fixture_->manager().start(run.request());
        CPPUNIT_ASSERT_MESSAGE(id ? "" : describe(id.error()), id.ok());
        const auto outcome = run.wait();
        CPPUNIT_ASSERT_MESSAGE(outcome.error ? describe(*outcome.error) : "", !outcome.error);
    }
    // Starts a command, waits until it serves, does something with it, and cancels it.
    void while_serving(const std::string& name, const std::vector<std::string>& words,
                       const std::function<void(const Endpoint&)>& then) {
        Run run(name, fixture_->parse(name, words));
        const auto id = fixture_->manager().start(run.request());
        CPPUNIT_ASSERT_MESSAGE(id ? "" : describe(id.error()), id.ok());
        then(run.wait_until_listening());
        CPPUNIT_ASSERT(fixture_->runtime.jobs().cancel(*id).ok());
        run.wait();
    }
    void use_cs(const std::string& transport) {
        while_serving(
            "cs serve",
            {file_.parent_path().string(), "--listen", "127.0.0.1:0", "--over", transport},
            [&](const Endpoint& at) {
                fs::remove(folder_ / "copy.bin");
                expect_ok("cs get", {"cs://" + at.to_string() + "/file.bin", "-o",
                                     (folder_ / "copy.bin").string(), "--over", transport});
            });
    }

    void shipped_plugins_leave_nothing() {
        struct Use {
            std::string last;  // the plugin that is unloaded, with all that requires it
            std::function<void()> run;
        };
        const std::map<std::string, Use> uses{
            {"crypto", {"crypto", [this] { expect_ok("crypto digest", {file_.string()}); }}},
            {"cs", {"crypto", [this] { use_cs("tcp"); }}},
            {"lftp", {"crypto", [this] { use_cs("rudp"); }}},
        };
        look_in(SHIPPED_FOLDER);
        std::istringstream names(SHIPPED_PLUGINS);
        for (std::string name; std::getline(names, name, ',');) {
            CPPUNIT_ASSERT_MESSAGE("say here how " + name + " is used", uses.contains(name));
            cycle(name, uses.at(name).last, uses.at(name).run, kShipped);
        }
    }
    void a_plugin_with_commands_sessions_and_threads_leaves_nothing() {
        auto job = fixture_->runtime.jobs().start("host", "open");
        cycle("good", "good", [&] {
            expect_ok("good echo", {"a"});
            expect_ok("good work", {});
            while_serving("good block", {}, [](const Endpoint&) {});
            const auto session = fixture_->manager().open_session("good://server", {}, *job, {});
            CPPUNIT_ASSERT(session.ok() && (*session)->check_folder("there", *job).ok());
        });
    }
    void a_consumer_and_its_provider_leave_nothing() {
        cycle("consumer", "provider", [&] { expect_ok("consumer count", {}); });
    }
    void a_plugin_that_leaves_all_behind_leaves_nothing() {
        cycle("messy", "messy", [&] { expect_ok("messy leave", {}); });
    }
    void a_plugin_that_throws_leaves_nothing() {
        cycle("thrower", "thrower", [&] {
            CPPUNIT_ASSERT(fixture_->run("thrower event").error.has_value());
            CPPUNIT_ASSERT(fixture_->run("thrower blocking").error.has_value());
            CPPUNIT_ASSERT(!fixture_->run("thrower later").error);
        });
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginCyclesTest);

}  // namespace

#pragma once

#include <gantry/plugin/manifest.h>
#include <gantry/plugin/plugin.h>
#include <gantry/testing/recorded.h>
#include <gantry/testing/test_command.h>
#include <gantry/testing/test_world.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

struct TestHostOptions {
    std::string machine = "machine";              // where in its world the plugin runs
    std::map<std::string, std::string> settings;  // by key within the plugin: "port"
    // Blocking commands run inline on the thread that drives, which is deterministic; their
    // wait_for_cancel() lets the world go on. A handler that waits in another way for a loop needs
    // a thread of its own: virtual time then goes on when that thread is quiet for a millisecond.
    bool threads_for_blocking_commands = false;
};

// What stopping a plugin showed.
struct StopReport {
    bool done = false;  // Plugin::stop() called `done` in time, and every command has finished
    std::size_t cancelled_jobs = 0;
    std::vector<std::string> left_behind;  // what the plugin still held: "2 timers", "1 stream" ...
    std::vector<Error> errors;             // what its callbacks threw

    bool clean() const { return done && left_behind.empty() && errors.empty(); }
    std::string to_string() const;  // one line for each fault, for a failure's message
};

// Runs a Plugin object in-process on virtual time, with no shared library: it has all a Context
// offers, simulated. Commands are parsed by the manifest as the host parses them.
//
//     TestHost host(kManifest, std::make_unique<EchoPlugin>());
//     const auto result = host.run("echo say hello");
//     CPPUNIT_ASSERT_EQUAL(std::string("hello\n"), result.out);
//     CPPUNIT_ASSERT_MESSAGE(host.stop().to_string(), host.stop().clean());
//
// One thread uses it, the one that drives the world's clock.
class TestHost {
  public:
    // In a world of its own, or beside other plugins in `world`, which outlives it. `manifest` is
    // the text of plugin.json; one that does not parse shows when the plugin is loaded.
    TestHost(std::string_view manifest, std::unique_ptr<Plugin> plugin,
             TestHostOptions options = {});
    TestHost(TestWorld& world, std::string_view manifest, std::unique_ptr<Plugin> plugin,
             TestHostOptions options = {});
    // With a manifest that was read before, for a fixture that is made many times.
    TestHost(TestWorld& world, Manifest manifest, std::unique_ptr<Plugin> plugin,
             TestHostOptions options = {});
    ~TestHost();  // stops the plugin if it runs
    TestHost(const TestHost&) = delete;
    TestHost& operator=(const TestHost&) = delete;

    // Starts the plugin, once; start() and run() do it by themselves. Errors: the manifest's, a
    // required service that is missing, what Plugin::start() answered, a command it did not bind.
    // Answers the same again later.
    Result<void> load();
    // Starts a command line: "cs get cs://server/a". One that does not parse has finished at once,
    // with ErrorCode::usage; so has any command when load() fails.
    TestCommand start(std::string_view line, const RunOptions& options = {});
    // Starts it and drives the world until it has finished, or `limit` of virtual time is over.
    CommandResult run(std::string_view line, const RunOptions& options = {},
                      Duration limit = std::chrono::hours(1));
    // What `open URL` does, inline.
    Result<std::unique_ptr<Session>> open_session(const std::string& url);
    // Stops the plugin as an unload does: takes nothing new, cancels its jobs, calls
    // Plugin::stop(), waits up to `drain`, destroys it and looks at what is left. Answers the same
    // again later.
    StopReport stop(Duration drain = std::chrono::seconds(10));

    TestWorld& world() noexcept;
    TestMachine& machine() noexcept;
    VirtualClock& clock() noexcept { return world().clock(); }
    Plugin* plugin() noexcept;  // null once it has stopped
    const Manifest& manifest() const noexcept;
    std::vector<RecordedJob> jobs() const;  // by id
    std::vector<RecordedEvent> events() const;
    std::vector<RecordedLog> log() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gantry::testing

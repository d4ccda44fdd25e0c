#pragma once

#include <gantry/plugin/plugin.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gantry::testing::conformance {

// The manifest of ProbePlugin. The host has set `colour` to "green", and `size` not.
inline constexpr char kProbeManifest[] = R"json({
  "name": "probe", "version": "1.0", "license": "MIT", "summary": "Tries out a host",
  "schemes": ["probe"],
  "provides": [{"id": "probe.self"}, {"id": "probe.lamp"}, {"id": "probe.lamp", "version": 2},
               {"id": "probe.lamp", "instance": "red"}],
  "settings": [
    {"key": "colour", "default": "blue", "summary": "A setting that is set"},
    {"key": "size", "default": "small", "summary": "A setting with a default"},
    {"key": "shape", "summary": "A setting without one"}],
  "commands": [
    {"name": "probe event", "summary": "Runs on the loop",
     "options": [{"name": "count", "kind": "integer", "default": "3", "summary": "How many"}],
     "operands": [{"name": "WORD", "optional": true, "repeated": true, "summary": "Words"}]},
    {"name": "probe block", "summary": "Runs on a thread", "execution": "blocking"},
    {"name": "probe spare", "summary": "Is bound and bound again"}]})json";

// A plugin that does what a test tells it: its commands run the handler that was set last.
class ProbePlugin final : public Plugin {
  public:
    static constexpr ServiceKey key{"probe.self", 1};
    using Handler = std::function<void(std::unique_ptr<CommandCall>)>;

    Result<void> start(Context& given) override {
        context = &given;
        started_on_loop = given.loop().on_loop_thread();
        bindings_.push_back(given.services().provide(*this).value());
        for (const char* name : {"probe event", "probe block"})
            bindings_.push_back(
                given.bind_command(name, [this](auto call) { run(std::move(call)); }).value());
        spare = given.bind_command("probe spare", [](auto call) { call->finish(Value()); }).value();
        return {};
    }
    void stop(Duration, Task done) override {
        stopped_on_loop = context->loop().on_loop_thread();
        bindings_.clear();
        spare.release();
        (void)done();
    }
    void set_handler(Handler handler) {
        const std::lock_guard lock(mutex_);
        handler_ = std::move(handler);
    }

    Context* context = nullptr;
    Registration spare;
    bool started_on_loop = false;
    std::atomic<bool> stopped_on_loop{false};

  private:
    void run(std::unique_ptr<CommandCall> call) {
        Handler handler;
        {
            const std::lock_guard lock(mutex_);
            handler = handler_;
        }
        handler(std::move(call));
    }
    std::vector<Registration> bindings_;
    std::mutex mutex_;
    Handler handler_;
};

// A service to provide.
struct Lamp {
    static constexpr ServiceKey key{"probe.lamp", 1};
};
struct NewLamp {
    static constexpr ServiceKey key{"probe.lamp", 2};
};

// How a command of the probe ended.
struct ProbeOutcome {
    std::optional<Error> error;
    Value value = Value::object();
    std::string out;
    std::string messages;
    std::vector<std::pair<std::string, Endpoint>> listening;
};

// For ContextSuite and ContextCommandSuite: a host that runs one ProbePlugin, loaded.
class ContextHarness {
  public:
    virtual ~ContextHarness() = default;
    virtual ProbePlugin& probe() = 0;
    // Lets the host go on until `done` holds, which any thread may bring about, or `limit` is over.
    virtual bool wait_until(const std::function<bool()>& done, Duration limit) = 0;
    // Starts a command line; one at a time. Relative paths start from folder().
    virtual void start(const std::string& line, bool json) = 0;
    virtual void cancel() = 0;
    virtual std::optional<ProbeOutcome> outcome() = 0;  // when it has ended
    // An empty folder for files.
    virtual std::string folder() const = 0;
    virtual std::optional<JobState> job_state(const std::string& title) = 0;
    virtual std::vector<Event> events() = 0;  // so far, of the plugin's own
    // Stops the plugin; whether it ended in time and had dropped all it held.
    virtual bool stop() = 0;
};

}  // namespace gantry::testing::conformance

#pragma once

#include <host/loader/held_session.h>
#include <host/loader/plugin_context.h>
#include <host/loader/plugin_instance.h>
#include <host/loader/running_calls.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace gantry::host {

// How far the end of a plugin has come. Each stage names what is waited for in it.
enum class Stage : std::uint8_t {
    running,
    stopping,    // Plugin::stop, and its `done`
    settling,    // the host's word that all commands have ended
    joining,     // its threads
    destroying,  // its destructor
    closing,     // the loops, the ledger, the code
    gone,
};

// Set by Plugin::stop's `done`, which the plugin may keep longer than anything else lives.
class StopSignal {
  public:
    void set();
    void wait();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool set_ = false;
};

// All of one plugin, shared by its instance and by the thread that takes it down: a plugin that
// does not stop in time keeps it alive.
struct PluginInstance::Life {
    Life(std::unique_ptr<PluginContext> c, std::unique_ptr<PluginSource> s)
        : context(std::move(c)), source(std::move(s)) {}

    // Declared in the order that things may outlive one another.
    std::unique_ptr<PluginContext> context;
    std::unique_ptr<PluginSource> source;
    const std::shared_ptr<RunningCalls> calls = std::make_shared<RunningCalls>();
    const PluginEntry* entry = nullptr;
    Plugin* plugin = nullptr;
    std::atomic<bool> started{false};  // Plugin::stop is owed

    // On the plugin's loop.
    Result<void> start();
    // The whole end, on a thread of its own, however long it takes.
    // `drain`: what the plugin is told it may take to stop.
    void take_down(Duration drain);

    void enter(Stage stage);
    Stage stage() const;
    // Whether `stage` was reached within `limit`.
    bool wait_for(Stage stage, Duration limit) const;

    // Sessions that are open. None is taken in after close_sessions().
    bool add_session(const std::shared_ptr<SessionBox>& box);
    void close_sessions();  // asks their owners to drop them
    void drop_sessions();

    StopReport report;  // complete when gone

  private:
    void stop_plugin(Duration drain);

    mutable std::mutex mutex_;
    mutable std::condition_variable changed_;
    Stage stage_ = Stage::running;
    std::vector<std::weak_ptr<SessionBox>> sessions_;
    bool sessions_closed_ = false;
};

}  // namespace gantry::host

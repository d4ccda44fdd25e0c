#pragma once

#include <gantry/plugin/context.h>
#include <gantry/plugin/manifest.h>
#include <host/loader/ledger.h>
#include <host/loader/plugin_source.h>
#include <host/runtime/command_request.h>
#include <host/runtime/runtime.h>

#include <memory>
#include <string>
#include <string_view>

namespace gantry::host {

// What an unload found.
struct StopReport {
    bool unmapped = false;
    std::string retained_reason;  // when not unmapped
    std::size_t cancelled_jobs = 0;
    std::size_t swept = 0;
};

// One running plugin: its code, its context, its threads and the commands it runs. start(), then
// use, then stop(). Thread-safe, save that start() and stop() come once and in this order.
//
// All of the plugin's code runs on threads that this object made for it, its static constructors
// and destructors apart, and each of them has ended before the code goes: see stop().
class PluginInstance {
  public:
    // limit: no thread to be had. `source` is asked for its code by start().
    static Result<std::unique_ptr<PluginInstance>> create(const Runtime& runtime, Manifest manifest,
                                                          std::unique_ptr<PluginSource> source);
    // stop() with a short drain, when it was not called.
    ~PluginInstance();

    // Opens the source, makes the plugin and starts it. After an Error what it had registered is
    // taken back and the code is gone, as after stop(). plugin: it cannot be loaded, threw, refused
    // to start, or did not bind a command of its descriptor.
    Result<void> start();
    const Manifest& manifest() const noexcept;
    // What the plugin sees. For tests and for the suites that hold for every Context.
    Context& context() noexcept;
    // What it holds of the host, by kind.
    Ledger::Counts counts() const;

    // Runs a command of the descriptor. An Error means that it never began. closed: it is stopping.
    Result<JobId> start_command(CommandRequest request, const CommandSpec& spec);
    Result<std::unique_ptr<Session>> open_session(const std::string& scheme, const std::string& url,
                                                  const Arguments& options, CancelToken& cancel,
                                                  Task revoked);

    // Takes nothing new, asks what runs to end and the plugin to stop, and waits up to `drain` for
    // both. Then joins the plugin's threads, takes back what it left, destroys it and closes the
    // source. A plugin that does not get that far keeps its threads and its code, and only them:
    // its commands have ended, its services are withdrawn, and should it stop later, the rest is
    // done then.
    StopReport stop(Duration drain);

  private:
    struct Life;
    explicit PluginInstance(std::shared_ptr<Life> life);
    std::shared_ptr<Life> life_;
};

}  // namespace gantry::host

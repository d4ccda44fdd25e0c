#pragma once

#include <gantry/plugin/context.h>
#include <gantry/plugin/manifest.h>
#include <host/loader/command_threads.h>
#include <host/loader/ledger.h>
#include <host/loader/plugin_connector.h>
#include <host/loader/plugin_loop.h>
#include <host/loader/plugin_services.h>
#include <host/runtime/runtime.h>
#include <host/system/thread_pool.h>

#include <map>
#include <mutex>

namespace gantry::host {

// The real Context: all that the host offers to one plugin, with the plugin's threads and its
// ledger. It outlives the plugin's code; take_down() ends the parts of it in which that code runs.
class PluginContext final : public Context {
  public:
    // `manifest` is copied; the parts of `runtime` are shared. limit: no thread to be had.
    static Result<std::unique_ptr<PluginContext>> create(const Runtime& runtime, Manifest manifest);
    ~PluginContext() override;

    std::string_view plugin_name() const noexcept override { return manifest_.name; }
    const Clock& clock() const noexcept override { return runtime_->clock(); }
    Random& random() noexcept override { return runtime_->random(); }
    EventLoop& loop() noexcept override { return main_; }
    Result<EventLoop*> add_loop(std::string_view name) override;
    BlockingPool& blocking_pool() noexcept override;
    Connector& connector() noexcept override { return connector_; }
    Result<std::unique_ptr<FileStore>> open_store(const std::string& folder, bool make) override;
    Services& services() noexcept override { return services_; }
    Result<Registration> bind_command(std::string_view name, CommandHandler handler) override;
    Result<Registration> bind_sessions(std::string_view scheme, SessionOpener& opener) override;
    std::unique_ptr<Job> start_job(std::string title) override;
    void emit(Event event) override;
    void log(LogLevel level, std::string_view text) override;
    std::optional<std::string> setting(std::string_view key) const override;

    // For the host.
    using Handler = std::shared_ptr<CommandHandler>;
    const Manifest& manifest() const noexcept { return manifest_; }
    Runtime& runtime() noexcept { return *runtime_; }
    PluginLoop& main_loop() noexcept { return main_; }
    const std::shared_ptr<CommandThreads>& command_threads() const noexcept { return threads_; }
    const std::shared_ptr<Ledger>& ledger() const noexcept { return ledger_; }
    Handler handler(std::string_view command) const;               // null: not bound
    SessionOpener* session_opener(std::string_view scheme) const;  // null: not bound
    std::vector<std::string> unbound_commands() const;
    const ErrorSink& faults() const noexcept { return faults_; }  // logs; may outlive this
    Ledger::Counts counts() const;

    // Joins the threads of blocking handlers and of the pool, then sweeps every loop. Answers how
    // much was swept. Not from a thread of the plugin's.
    std::size_t quiesce();
    // Ends the loops, sweeps the ledger and destroys all that is code of the plugin. Answers how
    // much was swept.
    std::size_t take_down();

  private:
    PluginContext(std::unique_ptr<Runtime> runtime, Manifest manifest,
                  std::unique_ptr<PluginLoop> main, ErrorSink faults);
    bool declares_command(std::string_view name) const;
    std::vector<PluginLoop*> all_loops() const;

    std::unique_ptr<Runtime> runtime_;
    const Manifest manifest_;
    const ErrorSink faults_;
    std::shared_ptr<Ledger> ledger_;
    std::shared_ptr<CommandThreads> threads_;
    PluginLoop& main_;          // the first of loops_
    mutable std::mutex mutex_;  // of loops_, pool_, handlers_ and openers_
    std::vector<std::unique_ptr<PluginLoop>> loops_;
    std::unique_ptr<ThreadPool> pool_;
    std::map<std::string, Handler, std::less<>> handlers_;
    std::map<std::string, SessionOpener*, std::less<>> openers_;
    PluginConnector connector_;
    PluginServices services_;
};

}  // namespace gantry::host

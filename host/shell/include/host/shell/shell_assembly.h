#pragma once

#include <host/shell/background_tasks.h>
#include <host/shell/builtin.h>
#include <host/shell/executor.h>
#include <host/shell/host_services.h>
#include <host/shell/progress_view.h>
#include <host/shell/shell_catalog.h>
#include <host/shell/shell_runner.h>
#include <host/shell/signals.h>
#include <host/system/system_clock.h>

#include <string>

namespace gantry::host {

// The parts of a shell, put together. Made once a process, and passed down.
class ShellAssembly {
  public:
    struct Setup {
        const ProcessOptions& options;
        Configuration& configuration;
        Terminal& terminal;
        SignalSource& signals;
        bool interactive = false;
        int input_fd = -1;  // for commands in the foreground
    };
    explicit ShellAssembly(const Setup& setup);

    HostServices& services() noexcept { return services_; }
    const ShellCatalog& catalog() const noexcept { return catalog_; }
    Executor& executor() noexcept { return executor_; }
    ShellRunner& runner() noexcept { return runner_; }
    ForegroundWaiter& waiter() noexcept { return waiter_; }
    ProgressView& progress() noexcept { return progress_; }
    std::size_t running_jobs();
    // Cancels what runs behind and waits for it up to `drain`. Whether all of it ended.
    bool leave(Duration drain);

  private:
    Executor::Hooks hooks(const Setup& setup);
    ShellRunner::Parts runner_parts(const Setup& setup);
    void add_builtins();

    SystemClock clock_;
    HostServices services_;
    BuiltinTable builtins_;
    ShellCatalog catalog_;
    ProgressView progress_;
    ForegroundWaiter waiter_;
    ShellRunner runner_;
    BackgroundTasks background_;
    Executor executor_;
};

}  // namespace gantry::host

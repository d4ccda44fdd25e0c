#include <host/shell/shell_assembly.h>

#include <unistd.h>

#include <algorithm>

namespace gantry::host {
namespace {

std::string job_label(const Launch& launch) {
    return launch.job.value() == 0 ? "[-]" : "[%" + std::to_string(launch.job.value()) + "]";
}

// Ends a run that was asked twice to stop. Nothing is unwound: what hangs would hang that too.
void end_process() {
    (void)write_all(STDERR_FILENO, "gantry: it did not stop in time and was ended\n");
    ::_exit(exit_status(ErrorCode::other));
}

}  // namespace

ShellAssembly::ShellAssembly(const Setup& setup)
    : services_(setup.options, setup.configuration, setup.terminal),
      catalog_(builtins_, [this]() -> PluginManager& { return services_.plugins(); }),
      progress_(setup.terminal, [this] { return services_.jobs_so_far(); }),
      waiter_(setup.signals, {[this] { progress_.refresh(); },
                              [&terminal = setup.terminal] { terminal.interrupted(); },
                              [this] { progress_.clear(); }}),
      runner_(runner_parts(setup)),
      executor_(runner_, background_, hooks(setup)) {
    add_builtins();
}

ShellRunner::Parts ShellAssembly::runner_parts(const Setup& setup) {
    return {.terminal = setup.terminal,
            .clock = clock_,
            .catalog = catalog_,
            .builtins = builtins_,
            .plugins = [this]() -> PluginManager& { return services_.plugins(); },
            .runtime = [this]() -> Runtime& { return services_.runtime(); },
            .mode = {setup.options.json, setup.options.quiet, setup.options.verbose},
            .safe = setup.options.safe,
            .input_fd = setup.input_fd,
            .force = setup.interactive ? std::function<void()>() : end_process};
}

Executor::Hooks ShellAssembly::hooks(const Setup& setup) {
    Executor::Hooks hooks;
    hooks.stopping = [&signals = setup.signals] { return signals.stop_asked(); };
    if (!setup.interactive || setup.options.quiet) return hooks;
    auto& terminal = setup.terminal;
    hooks.started = [&terminal](const std::string& text, const Launch& launch) {
        (void)terminal.write(Channel::error, job_label(launch) + " " + text + "\n");
    };
    hooks.ended = [&terminal](const std::string& text, const Launch& launch, int status) {
        const std::string how =
            status == 0 ? " done: " : " status " + std::to_string(status) + ": ";
        (void)terminal.write(Channel::error, job_label(launch) + how + text + "\n");
    };
    return hooks;
}

void ShellAssembly::add_builtins() {
    const PluginsNeeded plugins = [this]() -> PluginManager& { return services_.plugins(); };
    add_plugin_builtins(builtins_, plugins);
    add_job_builtins(
        builtins_, [this]() -> JobTable& { return services_.runtime().jobs(); }, background_);
    add_config_builtins(builtins_,
                        [this]() -> Configuration& { return services_.configuration(); });
    add_help_builtins(builtins_, catalog_);
    add_language_builtins(builtins_, [this]() -> Executor& { return executor_; });
    add_session_builtins(builtins_, plugins);
    add_transfer_builtins(builtins_);
}

std::size_t ShellAssembly::running_jobs() {
    std::size_t jobs = 0;
    if (const auto* table = services_.jobs_so_far())
        for (const auto& job : table->snapshot())
            if (job.parent.value() == 0 &&
                (job.state == JobState::running || job.state == JobState::cancelling))
                ++jobs;
    return std::max(jobs, background_.running());
}

bool ShellAssembly::leave(Duration drain) {
    background_.cancel_all();
    DoneFlag never;
    constexpr Duration kStep = std::chrono::milliseconds(20);
    for (Duration waited{}; background_.running() > 0; waited += kStep) {
        bool again = false;
        (void)waiter_.wait(
            never, [&] { again = true; }, kStep);
        if (again || waited >= drain) return false;
    }
    return true;
}

}  // namespace gantry::host

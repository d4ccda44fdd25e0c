#include <host/shell/json_text.h>
#include <host/shell/plugin_command.h>
#include <host/shell/word_roles.h>

#include <atomic>
#include <mutex>

namespace gantry::host {
namespace {

// Lives until the command has finished, wherever that is told.
struct Run {
    explicit Run(const PluginCommandSetup& setup)
        : mode(setup.mode),
          jobs(setup.jobs),
          events(setup.events),
          outputs(setup.outputs),
          to_messages(setup.terminal, Channel::error) {}

    Output& data() { return mode.json ? static_cast<Output&>(nothing) : outputs->data(); }
    Output& messages() { return mode.quiet ? static_cast<Output&>(nothing) : to_messages; }
    Input& input() { return standard_input ? static_cast<Input&>(*standard_input) : no_input; }
    void listens(const std::string& name, const std::string& address) {
        (void)outputs->data().write(listening_line(name, address, mode.json));
        {
            const std::lock_guard lock(mutex);
            if (launch.listening.empty()) launch.listening = address;
            untold.push_back(Value::object().set("name", name).set("address", address));
        }
        tell_listeners();
        tell_launch();
    }
    Result<void> add_items(std::string_view name, const Value::Array& items) {
        if (items.empty()) return {};
        std::string text = begun.exchange(true) ? "," : "{" + to_json(Value(name)) + ":[";
        for (const auto& item : items) text += (&item == &items.front() ? "" : ",") + to_json(item);
        return outputs->data().write(text);
    }
    Result<void> report(std::string_view event, const Value& fields) {
        return outputs->data().write(event_line(event, fields));
    }
    void started(JobId id, bool wait_for_listener) {
        {
            const std::lock_guard lock(mutex);
            launch.job = id;
            ready = ready || !wait_for_listener;
        }
        tell_listeners();
        tell_launch();
    }
    // Once the job's number is known.
    void tell_listeners() {
        std::vector<Value> now;
        JobId job;
        {
            const std::lock_guard lock(mutex);
            job = launch.job;
            if (job.value() != 0) now.swap(untold);
        }
        const auto snapshot = now.empty() ? std::nullopt : jobs.find(job);
        for (auto& fields : now)
            events.publish(snapshot ? snapshot->plugin : "host", job,
                           {"job.listening", 1, std::move(fields)});
    }
    // Once it has a job and, as a server, a listener.
    void tell_launch() {
        std::function<void(const Launch&)> tell;
        Launch now;
        {
            const std::lock_guard lock(mutex);
            ready = ready || !launch.listening.empty();
            if (!ready || launch.job.value() == 0) return;
            tell.swap(launched);
            now = launch;
        }
        if (tell) tell(now);
    }
    void finish(CommandOutcome told) {
        {
            const std::lock_guard lock(mutex);
            outcome = std::move(told);
            outcome.begun = begun;
        }
        done.set();
    }

    const OutputMode mode;
    JobTable& jobs;
    EventBus& events;
    const std::shared_ptr<CommandOutputs> outputs;
    TerminalOutput to_messages;
    NullOutput nothing;
    EmptyInput no_input;
    std::unique_ptr<FdInput> standard_input;
    std::shared_ptr<Session> session;
    std::function<void(const Launch&)> launched;
    DoneFlag done;
    std::mutex mutex;
    CommandOutcome outcome;
    Launch launch;
    std::vector<Value> untold;  // listeners, as fields of events
    bool ready = false;
    std::atomic<bool> begun = false;  // an object is open on the output
};

std::shared_ptr<Session> session_for(const Invocation& command, const ShellState& state) {
    for (const auto& word : command.words)
        if (auto session = state.session->serving(word)) return session;
    return nullptr;
}

CommandRequest make_request(const std::shared_ptr<Run>& run, PluginCommandSetup& setup,
                            const Invocation& command, const ShellState& state, bool foreground) {
    return CommandRequest{
        .name = setup.spec.name,
        .line = command.text,
        .arguments = std::move(setup.arguments),
        .out = run->data(),
        .messages = run->messages(),
        .in = run->input(),
        .session = run->session.get(),
        .folder = state.folder.string(),
        .json = run->mode.json,
        .listening = [run](const std::string& name,
                           const Endpoint& at) { run->listens(name, at.to_string()); },
        .finished = [run](CommandOutcome outcome) { run->finish(std::move(outcome)); },
        .foreground = foreground,
        .add_items = [run](std::string_view name,
                           const Value::Array& items) { return run->add_items(name, items); },
        .report = [run](std::string_view event,
                        const Value& fields) { return run->report(event, fields); },
    };
}

Error still_stopping(JobId id) {
    return make_error(
        ErrorCode::cancelled, "shell",
        "it has not stopped yet and goes on in the background as %" + std::to_string(id.value()));
}

}  // namespace

PluginCommandEnd run_plugin_command(PluginCommandSetup setup, const Invocation& command,
                                    const ShellState& state, RunContext& context) {
    auto run = std::make_shared<Run>(setup);
    run->session = session_for(command, state);
    if (setup.input_fd >= 0) run->standard_input = std::make_unique<FdInput>(setup.input_fd);
    if (context.background) run->launched = context.launched;
    const bool server = find_option(setup.spec, "listen") != nullptr;
    auto id = setup.plugins.start(make_request(run, setup, command, state, !context.background));
    if (!id) return {{std::move(id).error(), Value::object(), {}}, {}};
    run->started(*id, server);
    const auto hook = context.cancel.on_request([&jobs = setup.jobs, job = *id, run] {
        (void)jobs.cancel(job);
        if (run->standard_input) run->standard_input->stop();
    });
    const auto end = context.waiter.wait(run->done, [&] { context.cancel.request(); });
    const std::lock_guard lock(run->mutex);
    if (end == WaitEnd::forced && !run->done.is_set())
        return {{still_stopping(*id), Value::object(), {}, run->begun}, run->launch, true};
    return {std::move(run->outcome), run->launch};
}

}  // namespace gantry::host

#include <host/shell/help_text.h>
#include <host/shell/plugin_command.h>
#include <host/shell/shell_runner.h>
#include <host/shell/transfer_route.h>
#include <host/shell/word_roles.h>

#include <gantry/command/parser.h>

#include <algorithm>
#include <thread>

namespace gantry::host {
namespace {

// Takes "--NAME" out of the words, unless the command has such an option or it stands after "--".
bool take_flag(const CommandSpec& spec, std::vector<std::string>& words, const std::string& word) {
    if (find_option(spec, word.substr(2))) return false;
    const auto roles = classify_words(spec, words);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] != word || roles[i].role != WordRole::option) continue;
        words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
        return true;
    }
    return false;
}

bool asks_for_help(const std::vector<std::string>& words) {
    const auto end = std::find(words.begin(), words.end(), "--");
    return std::find(words.begin(), end, "--help") != end;
}

CommandOutcome outcome_of(Result<Value> result, Duration elapsed) {
    if (result) return {std::nullopt, std::move(result).value(), elapsed};
    return {std::move(result).error(), Value::object(), elapsed};
}

}  // namespace

struct ShellRunner::Prepared {
    CommandSpec spec;
    Arguments arguments;
    Invocation command;  // as routed
    OutputMode mode;
    bool help = false;
};

Result<ShellRunner::Prepared> ShellRunner::prepare(const Invocation& command,
                                                   const ShellState& state) const {
    auto words = command.words;
    const bool wants_help = asks_for_help(words);
    if (is_transfer_command(words[0]) && !wants_help) {
        auto routed = route_transfer(parts_.catalog, words, state.session->place());
        if (!routed) return std::move(routed).error();
        words = std::move(*routed);
    }
    auto resolved = resolve_command(parts_.catalog, words);
    if (!resolved) return std::move(resolved).error();
    Prepared prepared{std::move(resolved->spec), {}, command, parts_.mode};
    prepared.command.words = words;
    words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(resolved->words));
    if (take_flag(prepared.spec, words, "--json")) prepared.mode.json = true;
    prepared.help = wants_help && take_flag(prepared.spec, words, "--help");
    if (prepared.help) return prepared;
    auto arguments = parse_arguments(prepared.spec, words);
    if (!arguments) {
        auto error = std::move(arguments).error();
        if (error.context.empty()) error.context = prepared.spec.name;
        return error;
    }
    prepared.arguments = std::move(*arguments);
    return prepared;
}

int ShellRunner::run(const Invocation& command, ShellState& state, RunContext& context) {
    if (command.words.empty()) return 0;
    auto prepared = prepare(command, state);
    if (!prepared) {
        const auto& words = command.words;
        const bool json = std::find(words.begin(), words.end(), "--json") != words.end();
        auto mode = parts_.mode;
        mode.json = mode.json || json;
        return refuse_command("", prepared.error(), mode);
    }
    return run_prepared(*prepared, command, state, context);
}

int ShellRunner::run_prepared(Prepared& prepared, const Invocation& command, ShellState& state,
                              RunContext& context) {
    const auto& name = prepared.spec.name;
    auto opened = CommandOutputs::open(parts_.terminal, command, state, context.background);
    if (!opened) return refuse_command(name, opened.error(), prepared.mode);
    const std::shared_ptr<CommandOutputs> outputs = std::move(*opened);
    CommandOutcome outcome;
    if (prepared.help) {
        const bool screen = outputs->to_terminal() && parts_.terminal.screen();
        (void)outputs->data().write(command_help(
            prepared.spec, {parts_.terminal.columns(), screen && parts_.terminal.colour()}));
        return outputs->close();
    }
    const bool lends = outputs->owns_screen();
    if (lends) parts_.terminal.lend_screen(true);
    if (const auto* builtin = parts_.builtins.find(name))
        outcome = run_builtin(*builtin, prepared, *outputs, state, context);
    else
        outcome = run_plugin(prepared, outputs, state, context);
    const int status =
        print_outcome(name, outcome, prepared.mode, outputs->data(), parts_.terminal);
    const int program = outputs->close();
    if (lends) parts_.terminal.lend_screen(false);
    // A program that reads no further, as `head`, is no failure of the command.
    const bool reader_left = outcome.error && is_reader_gone(*outcome.error);
    return status != 0 && !(reader_left && !command.program.empty()) ? status : program;
}

CommandOutcome ShellRunner::run_builtin(const Builtin& builtin, Prepared& prepared,
                                        CommandOutputs& outputs, ShellState& state,
                                        RunContext& context) {
    const auto begin = parts_.clock.now();
    NullOutput nothing;
    TerminalOutput messages(parts_.terminal, Channel::error);
    const bool screen = outputs.to_terminal() && parts_.terminal.screen();
    BuiltinCall call{prepared.arguments,
                     state,
                     context,
                     prepared.mode.json ? static_cast<Output&>(nothing) : outputs.data(),
                     prepared.mode.quiet ? static_cast<Output&>(nothing) : messages,
                     screen ? parts_.terminal.columns() : 0,
                     screen && parts_.terminal.colour()};
    if (context.background && context.launched) context.launched({});
    if (builtin.spec.execution != Execution::blocking || context.background)
        return outcome_of(builtin.run(call), parts_.clock.now() - begin);
    Result<Value> result = Value();
    DoneFlag done;
    std::thread worker([&] {
        result = builtin.run(call);
        done.set();
    });
    while (context.waiter.wait(done, [&] { context.cancel.request(); }) != WaitEnd::done)
        if (parts_.force) parts_.force();
    worker.join();
    return outcome_of(std::move(result), parts_.clock.now() - begin);
}

Result<void> ShellRunner::check_safe(const std::string& command) const {
    if (!parts_.safe) return {};
    for (const auto& plugin : parts_.plugins().list()) {
        if (!plugin.descriptor || plugin.state == PluginState::loaded) continue;
        for (const auto& spec : plugin.descriptor->manifest.commands)
            if (spec.name == command)
                return make_error(ErrorCode::plugin, "shell",
                                  "with --safe nothing is loaded by itself; first: plugin load " +
                                      plugin.descriptor->manifest.name);
    }
    return {};
}

CommandOutcome ShellRunner::run_plugin(Prepared& prepared, std::shared_ptr<CommandOutputs> outputs,
                                       ShellState& state, RunContext& context) {
    if (auto safe = check_safe(prepared.spec.name); !safe)
        return {std::move(safe).error(), Value::object(), {}};
    auto end = run_plugin_command(
        {parts_.plugins(), parts_.runtime().jobs(), parts_.runtime().events(), parts_.terminal,
         prepared.mode, prepared.spec, std::move(prepared.arguments), std::move(outputs),
         context.background ? -1 : parts_.input_fd},
        prepared.command, state, context);
    if (end.left_behind && parts_.force) parts_.force();
    if (end.launch.job.value() != 0) state.last_job = "%" + std::to_string(end.launch.job.value());
    return std::move(end.outcome);
}

int ShellRunner::refuse(const Error& error) { return refuse_command("", error, parts_.mode); }

int ShellRunner::refuse_command(const std::string& name, const Error& error,
                                const OutputMode& mode) {
    TerminalOutput out(parts_.terminal, Channel::out);
    return print_outcome(name, {error, Value::object(), {}}, mode, out, parts_.terminal);
}

}  // namespace gantry::host

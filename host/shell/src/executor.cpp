#include <host/shell/executor.h>
#include <host/shell/limits.h>
#include <host/shell/parser.h>

#include <set>

namespace gantry::host {
namespace {

// The first word, if nothing in it is quoted or a variable.
const std::string* plain_first(const std::vector<Word>& words) {
    if (words.empty() || words[0].parts.size() != 1) return nullptr;
    const auto& part = words[0].parts[0];
    return part.kind == WordPart::Kind::literal && !part.quoted ? &part.text : nullptr;
}

Result<std::vector<Word>> expand_aliases(std::vector<Word> words, const ShellState& state) {
    std::set<std::string, std::less<>> used;  // an alias may name the command it stands for
    while (const auto* first = plain_first(words)) {
        const auto found = state.aliases.find(*first);
        if (found == state.aliases.end() || !used.insert(*first).second) break;
        if (used.size() > shell_limits::kAliasDepth)
            return make_error(ErrorCode::limit, "shell", "too many aliases stand for one another",
                              *first);
        auto replaced = alias_words(found->second);
        if (!replaced) return replaced;
        replaced->insert(replaced->end(), words.begin() + 1, words.end());
        words = std::move(*replaced);
    }
    return words;
}

std::string chain_text(const Chain& chain) {
    std::string text;
    for (const auto& step : chain.steps) {
        if (step.joint == Joint::and_then) text += " && ";
        if (step.joint == Joint::or_else) text += " || ";
        text += step.command.text;
    }
    return text;
}

}  // namespace

Result<std::vector<Word>> alias_words(std::string_view text) {
    auto script = parse_script(text);
    if (!script) return std::move(script).error();
    const bool plain = script->chains.size() == 1 && !script->chains[0].background &&
                       script->chains[0].steps.size() == 1;
    if (plain) {
        auto& command = script->chains[0].steps[0].command;
        if (!command.redirect && command.program.empty()) return std::move(command.words);
    }
    return make_error(ErrorCode::usage, "shell", "an alias stands for one command without ; & | >");
}

Executor::Executor(CommandRunner& runner, BackgroundTasks& background, Hooks hooks)
    : runner_(runner), background_(background), hooks_(std::move(hooks)) {}

bool Executor::over(const ShellState& state) const {
    return state.leaving.has_value() || (hooks_.stopping && hooks_.stopping());
}

int Executor::run_text(std::string_view text, const TextOrigin& origin, ShellState& state,
                       RunContext& context, bool stop_at_failure) {
    auto script = parse_script(text, origin.first_line);
    if (!script) {
        auto error = std::move(script).error();
        if (!origin.name.empty()) error.context = origin.name + ": " + error.context;
        return state.status = runner_.refuse(error);
    }
    return run_script(*script, state, context, stop_at_failure);
}

int Executor::run_words(std::vector<std::string> words, ShellState& state, RunContext& context) {
    Invocation invocation;
    for (const auto& word : words) {
        if (!invocation.text.empty()) invocation.text += ' ';
        invocation.text += quote_word(word);
    }
    invocation.words = std::move(words);
    return state.status = runner_.run(invocation, state, context);
}

int Executor::run_source(std::string_view text, const std::string& name, ShellState& state,
                         RunContext& context) {
    if (state.source_depth >= shell_limits::kSourceDepth)
        return runner_.refuse(make_error(ErrorCode::limit, "shell",
                                         "files that source one another go too deep", name));
    ++state.source_depth;
    const int status = run_text(text, {name}, state, context, true);
    --state.source_depth;
    return status;
}

int Executor::run_script(const Script& script, ShellState& state, RunContext& context, bool stop) {
    int first_failure = 0;
    for (const auto& chain : script.chains) {
        if (over(state) || context.cancel.cancel_requested()) break;
        const int status =
            chain.background ? run_behind(chain, state, context) : run_chain(chain, state, context);
        state.status = status;
        if (status != 0 && stop && !state.keep_going) return status;
        if (status != 0 && first_failure == 0) first_failure = status;
    }
    if (state.leaving) return *state.leaving;
    return stop && first_failure != 0 ? first_failure : state.status;
}

int Executor::run_chain(const Chain& chain, ShellState& state, RunContext& context) {
    int status = 0;
    for (const auto& step : chain.steps) {
        if (step.joint == Joint::and_then && status != 0) continue;
        if (step.joint == Joint::or_else && status == 0) continue;
        if (&step != &chain.steps.front() && (over(state) || context.cancel.cancel_requested()))
            break;
        state.status = status = run_command(step.command, state, context);
    }
    return status;
}

int Executor::run_behind(const Chain& chain, ShellState& state, RunContext& context) {
    const std::string text = chain_text(chain);
    auto body = [this, chain, text, inner = state](RunContext& behind) mutable {
        Launch launch;
        const auto told = std::move(behind.launched);
        bool first = true;
        behind.launched = [&](const Launch& now) {
            if (!std::exchange(first, false)) return;
            launch = now;
            told(now);
        };
        const int status = run_chain(chain, inner, behind);
        if (hooks_.ended) hooks_.ended(text, launch, status);
        return status;
    };
    auto started = background_.start(std::move(body), context);
    if (!started) return runner_.refuse(started.error());
    const auto& launch = started->launch;
    if (launch.job.value() != 0) state.last_job = "%" + std::to_string(launch.job.value());
    if (!launch.listening.empty()) (void)state.set_variable("listening", launch.listening);
    if (hooks_.started && !started->status) hooks_.started(text, launch);
    return started->status.value_or(0);
}

Result<Invocation> Executor::prepare(const SimpleCommand& command, const ShellState& state) const {
    const auto lookup = [&](std::string_view name) { return state.variable(name); };
    auto words = expand_aliases(command.words, state);
    if (!words) return std::move(words).error();
    auto texts = expand_words(*words, lookup);
    if (!texts) return std::move(texts).error();
    Invocation invocation{std::move(*texts), std::nullopt, command.program, command.text};
    if (command.redirect) {
        auto file = expand_word(command.redirect->target, lookup);
        if (!file) return std::move(file).error();
        invocation.redirect = RedirectTo{std::move(*file), command.redirect->append};
    }
    return invocation;
}

int Executor::run_command(const SimpleCommand& command, ShellState& state, RunContext& context) {
    auto invocation = prepare(command, state);
    if (!invocation) return runner_.refuse(invocation.error());
    return runner_.run(*invocation, state, context);
}

}  // namespace gantry::host

#pragma once

#include <gantry/core/result.h>
#include <host/shell/background_tasks.h>
#include <host/shell/command_runner.h>
#include <host/shell/syntax.h>

#include <functional>
#include <string>
#include <string_view>

namespace gantry::host {

// Where a text comes from, for the places in its syntax errors.
struct TextOrigin {
    std::string name = {};  // a file's name, or empty
    std::size_t first_line = 1;
};

// Runs scripts: joins, aliases, variables, the background. What a single command does is the
// runner's.
class Executor {
  public:
    struct Hooks {
        std::function<bool()> stopping;  // whether the process was asked to end
        // Told on the task's thread that a command in the background has ended.
        std::function<void(const std::string& text, const Launch& launch, int status)> ended;
        std::function<void(const std::string& text, const Launch& launch)> started;
    };
    // All outlive the executor.
    Executor(CommandRunner& runner, BackgroundTasks& background, Hooks hooks);

    // Parses and runs a text. With `stop_at_failure` the first chain that fails ends it, unless
    // state.keep_going.
    int run_text(std::string_view text, const TextOrigin& origin, ShellState& state,
                 RunContext& context, bool stop_at_failure);
    // One command that is cut into words already, as the process's arguments are.
    int run_words(std::vector<std::string> words, ShellState& state, RunContext& context);
    // `source`: the text of a file. limit: scripts that source one another too deeply.
    int run_source(std::string_view text, const std::string& name, ShellState& state,
                   RunContext& context);

  private:
    int run_script(const Script& script, ShellState& state, RunContext& context, bool stop);
    int run_chain(const Chain& chain, ShellState& state, RunContext& context);
    int run_behind(const Chain& chain, ShellState& state, RunContext& context);
    int run_command(const SimpleCommand& command, ShellState& state, RunContext& context);
    Result<Invocation> prepare(const SimpleCommand& command, const ShellState& state) const;
    bool over(const ShellState& state) const;

    CommandRunner& runner_;
    BackgroundTasks& background_;
    Hooks hooks_;
};

// The words of an alias's text. usage: more than one plain command.
Result<std::vector<Word>> alias_words(std::string_view text);

}  // namespace gantry::host

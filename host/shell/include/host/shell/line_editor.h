#pragma once

#include <gantry/core/units.h>
#include <host/shell/completion.h>
#include <host/shell/history.h>
#include <host/shell/signals.h>
#include <host/shell/terminal.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace gantry::host {

struct TypedLine {
    enum class End : std::uint8_t { line, end_of_input, interrupted, stop_asked };
    End end = End::line;
    std::string text;  // without the newline
};

// Reads lines from a terminal with libedit: Emacs or vi keys as in ~/.editrc, history, completion
// by Tab. While a line is being typed, output of others appears above it.
class LineEditor {
  public:
    struct Parts {
        Terminal& terminal;
        SignalSource& signals;
        HistoryFile& history;
        std::function<Completions(std::string_view line, std::size_t cursor)> complete;
        // Sets the terminal's block to what runs now; called while a line is being typed, about
        // twice a second. Answers whether there is, or was, something to show.
        std::function<bool()> refresh_block;
    };
    // For the process's standard input, output and error. They outlive the editor.
    explicit LineEditor(Parts parts);
    ~LineEditor();
    TypedLine read(const std::string& prompt);
    // A line that is not history: an answer to a question.
    TypedLine ask(const std::string& question);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace gantry::host

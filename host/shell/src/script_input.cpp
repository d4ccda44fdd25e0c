#include <host/shell/limits.h>
#include <host/shell/parser.h>
#include <host/shell/script_input.h>

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>

namespace gantry::host {

Result<std::optional<ScriptPiece>> ScriptInput::next() {
    for (;;) {
        if (auto piece = take_piece()) return piece;
        if (ended_) return std::optional<ScriptPiece>();
        if (text_.size() > shell_limits::kScriptBytes)
            return make_error(ErrorCode::limit, "shell", "a command has at most 1 MiB");
        if (auto more = read_more(); !more) return std::move(more).error();
    }
}

// How much of the text can be run by itself; 0 when that takes more of it.
std::size_t ScriptInput::piece_length() {
    for (auto newline = text_.find('\n', searched_); newline != text_.npos;
         newline = text_.find('\n', searched_)) {
        searched_ = newline + 1;
        if (!wants_more(std::string_view(text_).substr(0, searched_))) return searched_;
    }
    return ended_ ? text_.size() : 0;
}

std::optional<ScriptPiece> ScriptInput::take_piece() {
    const auto end = piece_length();
    if (end == 0) return std::nullopt;
    ScriptPiece piece{text_.substr(0, end), line_};
    line_ += static_cast<std::size_t>(std::count(piece.text.begin(), piece.text.end(), '\n'));
    text_.erase(0, end);
    searched_ = 0;
    return piece;
}

Result<void> ScriptInput::read_more() {
    if (auto ready = wait(); !ready) return ready;
    char buffer[16 * 1024];
    const auto count = ::read(fd_, buffer, sizeof buffer);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) return {};
    if (count < 0) return error_from_errno(errno, "shell", "standard input");
    ended_ = count == 0;
    text_.append(buffer, static_cast<std::size_t>(count));
    return {};
}

Result<void> ScriptInput::wait() const {
    for (;;) {
        pollfd ready[2] = {{fd_, POLLIN, 0}, {signals_.fd(), POLLIN, 0}};
        if (::poll(ready, 2, -1) < 0 && errno != EINTR)
            return error_from_errno(errno, "shell", "standard input");
        while (const auto signal = signals_.next())
            if (*signal == SIGINT || signals_.stop_asked())
                return make_error(ErrorCode::cancelled, "shell", "a signal ended the script");
        if (ready[0].revents != 0) return {};
    }
}

int run_script_input(ScriptInput& input, Executor& executor, CommandRunner& runner,
                     ShellState& state, RunContext& context) {
    int first_failure = 0;
    for (;;) {
        auto piece = input.next();
        if (!piece) return runner.refuse(piece.error());
        if (!*piece) break;
        const int status = executor.run_text(
            (*piece)->text, {"standard input", (*piece)->first_line}, state, context, true);
        if (first_failure == 0) first_failure = status;
        const bool stopped = status != 0 && !state.keep_going;
        if (state.leaving || stopped || context.cancel.cancel_requested()) break;
    }
    if (state.leaving) return *state.leaving;
    return first_failure;
}

}  // namespace gantry::host

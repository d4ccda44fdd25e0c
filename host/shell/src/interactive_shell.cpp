#include <host/shell/interactive_shell.h>
#include <host/shell/text.h>

namespace gantry::host {

std::string prompt_text(const ShellState& state) {
    const auto place = state.session->place();
    if (!place) return "gantry> ";
    return safe_for_terminal(place->base + "/" + place->folder) + "> ";
}

bool InteractiveShell::may_leave() {
    const auto running = parts_.running_jobs();
    if (running == 0) return true;
    const std::string what = running == 1 ? "a job runs" : std::to_string(running) + " jobs run";
    const auto answer = parts_.editor.ask(what + "; cancel and leave? [y/N] ");
    if (answer.end == TypedLine::End::stop_asked) return true;
    return answer.end == TypedLine::End::line && !answer.text.empty() &&
           (answer.text[0] == 'y' || answer.text[0] == 'Y');
}

// Whether the shell goes on.
bool InteractiveShell::run_line(const std::string& line, ShellState& state) {
    LocalCancel cancel;
    RunContext context{parts_.waiter, cancel, false, {}};
    (void)parts_.executor.run_text(line, {}, state, context, false);
    if (!state.leaving) return true;
    if (may_leave()) return false;
    state.leaving.reset();
    return true;
}

int InteractiveShell::run(ShellState& state) {
    while (!parts_.signals.stop_asked()) {
        const auto line = parts_.editor.read(prompt_text(state));
        switch (line.end) {
            case TypedLine::End::line:
                if (!run_line(line.text, state)) return state.leaving.value_or(state.status);
                break;
            case TypedLine::End::interrupted:
                break;
            case TypedLine::End::stop_asked:
                return state.status;
            case TypedLine::End::end_of_input:
                if (may_leave()) return state.status;
                break;
        }
    }
    return state.status;
}

}  // namespace gantry::host

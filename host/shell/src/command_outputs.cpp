#include <host/shell/command_outputs.h>

#include <fcntl.h>

#include <cerrno>

namespace gantry::host {

Result<std::unique_ptr<CommandOutputs>> CommandOutputs::open(Terminal& terminal,
                                                             const Invocation& command,
                                                             const ShellState& state,
                                                             bool background) {
    std::unique_ptr<CommandOutputs> outputs(new CommandOutputs(terminal));
    outputs->data_ = &outputs->terminal_out_;
    if (command.redirect) {
        const auto path = state.local_path(command.redirect->file);
        const int how =
            O_WRONLY | O_CREAT | O_CLOEXEC | (command.redirect->append ? O_APPEND : O_TRUNC);
        OwnedFd fd(::open(path.c_str(), how, 0666));
        if (!fd) return error_from_errno(errno, "shell", command.redirect->file);
        outputs->file_ = std::make_unique<FdOutput>(std::move(fd));
        outputs->data_ = outputs->file_.get();
    } else if (!command.program.empty()) {
        outputs->captured_ = background;
        auto program = ProgramPipe::start({command.program,
                                           state.folder,
                                           {state.variables.begin(), state.variables.end()},
                                           background ? &outputs->terminal_out_ : nullptr});
        if (!program) return std::move(program).error();
        outputs->program_ = std::move(*program);
        outputs->data_ = &outputs->program_->input();
    }
    return outputs;
}

int CommandOutputs::close() {
    if (file_) file_->close();
    return program_ ? program_->finish() : 0;
}

}  // namespace gantry::host

#pragma once

#include <gantry/core/result.h>
#include <host/shell/fd_io.h>

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>

namespace gantry::host {

// A program that reads what a command writes: the right side of '|', run by /bin/sh.
class ProgramPipe {
  public:
    struct Spec {
        std::string program;  // for sh -c
        std::filesystem::path folder;
        std::map<std::string, std::string> variables;  // join the environment
        Output* output = nullptr;  // takes what it prints; null: its output is the process's own
    };
    static Result<std::unique_ptr<ProgramPipe>> start(const Spec& spec);
    ~ProgramPipe();  // waits for the program

    Output& input() noexcept { return input_; }
    // Ends its input, waits for its end and answers its status (128 and the signal, as sh does).
    int finish();

  private:
    ProgramPipe(pid_t pid, OwnedFd input) : pid_(pid), input_(std::move(input)) {}

    pid_t pid_;
    FdOutput input_;
    std::thread pump_;
};

}  // namespace gantry::host

#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

struct ProcessSpec {
    std::vector<std::string> command;                // the program's path, then its arguments
    std::map<std::string, std::string> environment;  // joins or replaces this process's own
    std::string folder;                              // to start in; empty: this process's own
    std::optional<uid_t> user;                       // to run as, with a group of the same number
};

// How a process ended, and all that it wrote and nobody read before.
struct ProcessEnd {
    std::optional<int> status;  // its exit status, unless a signal ended it
    int signal = 0;
    bool timed_out = false;  // it was killed because the limit was over
    std::string out;
    std::string err;
};

// A child process with pipes on its standard input, output and error. It is killed when this
// object, the thread that started it, or the whole test program goes. One thread at a time.
//
// Its output is read while one of the waits below runs, so a child that writes more than a pipe
// holds (64 KiB) stands still until then. Throws std::system_error when it cannot be started; a
// program that is missing ends with status 127.
class Process {
  public:
    using Limit = std::chrono::milliseconds;

    explicit Process(const ProcessSpec& spec);
    Process(Process&& other) noexcept;
    Process& operator=(Process&&) = delete;
    ~Process();

    pid_t pid() const noexcept { return pid_; }
    // Whether it still runs; never blocks.
    bool running();
    void write(std::string_view text);  // to its standard input
    void close_input();
    void send_signal(int number);  // to the child alone, by its pid
    // Reads until a line of its standard output starts with `start` and answers that line without
    // its newline. Nothing when the child ends or the limit is over first. Lines before it are kept
    // for wait().
    std::optional<std::string> line_of_output(std::string_view start, Limit limit = kPatience);
    std::optional<std::string> line_of_errors(std::string_view start, Limit limit = kPatience);
    // Closes its input and waits for its end; kills it when the limit is over.
    ProcessEnd wait(Limit limit = kPatience);

    static constexpr Limit kPatience{60'000};

  private:
    struct Pipe {
        int descriptor = -1;
        std::string text;
        std::size_t searched = 0;
    };
    using Deadline = std::chrono::steady_clock::time_point;

    std::optional<std::string> line_of(Pipe& pipe, std::string_view start, Limit limit);
    static std::optional<std::string> take_line(Pipe& pipe, std::string_view start);
    bool pump(Deadline deadline);
    void reap(int options);
    void kill_and_reap();

    pid_t pid_ = -1;
    int handle_ = -1;  // a pidfd: readable when the child has ended
    int input_ = -1;
    Pipe out_;
    Pipe err_;
    std::optional<int> wait_status_;
};

// Starts a process, waits for its end and tells it.
ProcessEnd run_process(const ProcessSpec& spec, Process::Limit limit = Process::kPatience);

}  // namespace gantry::testing

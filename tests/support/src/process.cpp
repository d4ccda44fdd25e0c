#include <support/process.h>

#include "spawn.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace gantry::testing {
namespace {

void close_descriptor(int& descriptor) {
    if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

// Appends what waits in a pipe; closes it at its end.
void drain(int& descriptor, std::string& text) {
    char block[16 * 1024];
    while (descriptor >= 0) {
        const ssize_t count = ::read(descriptor, block, sizeof block);
        if (count > 0)
            text.append(block, static_cast<std::size_t>(count));
        else if (count < 0 && errno == EINTR)
            continue;
        else if (count < 0 && errno == EAGAIN)
            return;
        else
            close_descriptor(descriptor);
    }
}

// Keeps a write to a pipe without a reader from raising SIGPIPE in this thread.
class NoBrokenPipeSignal {
  public:
    NoBrokenPipeSignal() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    NoBrokenPipeSignal(const NoBrokenPipeSignal&) = delete;
    NoBrokenPipeSignal& operator=(const NoBrokenPipeSignal&) = delete;
    ~NoBrokenPipeSignal() {
        const timespec now{};
        while (::sigtimedwait(&pipe_, nullptr, &now) == SIGPIPE) {
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

  private:
    sigset_t pipe_{};
    sigset_t before_{};
};

int milliseconds_until(std::chrono::steady_clock::time_point deadline) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    return left.count() > 0 ? static_cast<int>(left.count()) : 0;
}

}  // namespace

Process::Process(const ProcessSpec& spec) {
    const Spawned child = spawn(spec);
    pid_ = child.pid;
    input_ = child.input;
    out_.descriptor = child.output;
    err_.descriptor = child.errors;
    handle_ = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    if (handle_ < 0) {
        const int problem = errno;
        kill_and_reap();
        throw std::system_error(problem, std::generic_category(), "pidfd_open");
    }
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      handle_(std::exchange(other.handle_, -1)),
      input_(std::exchange(other.input_, -1)),
      out_(std::exchange(other.out_, {})),
      err_(std::exchange(other.err_, {})),
      wait_status_(other.wait_status_) {}

Process::~Process() {
    kill_and_reap();
    for (int* descriptor : {&handle_, &input_, &out_.descriptor, &err_.descriptor})
        close_descriptor(*descriptor);
}

void Process::kill_and_reap() {
    if (pid_ < 0 || wait_status_) return;
    ::kill(pid_, SIGKILL);
    reap(0);
}

void Process::reap(int options) {
    int status = 0;
    pid_t ended = 0;
    do ended = ::waitpid(pid_, &status, options);
    while (ended < 0 && errno == EINTR);
    if (ended == pid_) wait_status_ = status;
}

bool Process::running() {
    if (!wait_status_) reap(WNOHANG);
    return !wait_status_;
}

void Process::write(std::string_view text) {
    const NoBrokenPipeSignal guard;
    while (!text.empty()) {
        const ssize_t count = ::write(input_, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0)
            throw std::system_error(errno, std::generic_category(), "write to a child process");
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

void Process::close_input() { close_descriptor(input_); }

void Process::send_signal(int number) {
    if (running()) ::kill(pid_, number);
}

// Reads what comes until the child ends, something was read, or the deadline is over. False when
// nothing more can come.
bool Process::pump(Deadline deadline) {
    pollfd watched[3] = {{out_.descriptor, POLLIN, 0}, {err_.descriptor, POLLIN, 0}, {}};
    watched[2] = {wait_status_ ? -1 : handle_, POLLIN, 0};
    const int ready = ::poll(watched, 3, milliseconds_until(deadline));
    if (ready < 0 && errno != EINTR) return false;
    if (watched[2].revents != 0) reap(0);
    drain(out_.descriptor, out_.text);
    drain(err_.descriptor, err_.text);
    return ready != 0 && !wait_status_;
}

std::optional<std::string> Process::take_line(Pipe& pipe, std::string_view start) {
    for (;;) {
        const std::size_t end = pipe.text.find('\n', pipe.searched);
        if (end == std::string::npos) return std::nullopt;
        std::string line = pipe.text.substr(pipe.searched, end - pipe.searched);
        if (line.starts_with(start)) {
            pipe.text.erase(pipe.searched, line.size() + 1);
            return line;
        }
        pipe.searched = end + 1;
    }
}

std::optional<std::string> Process::line_of(Pipe& pipe, std::string_view start, Limit limit) {
    const Deadline deadline = std::chrono::steady_clock::now() + limit;
    pipe.searched = 0;
    for (bool more = true; more; more = pump(deadline))
        if (auto line = take_line(pipe, start)) return line;
    return take_line(pipe, start);
}

std::optional<std::string> Process::line_of_output(std::string_view start, Limit limit) {
    return line_of(out_, start, limit);
}

std::optional<std::string> Process::line_of_errors(std::string_view start, Limit limit) {
    return line_of(err_, start, limit);
}

ProcessEnd Process::wait(Limit limit) {
    const Deadline deadline = std::chrono::steady_clock::now() + limit;
    close_input();
    while (!wait_status_ && std::chrono::steady_clock::now() < deadline) (void)pump(deadline);
    ProcessEnd end;
    end.timed_out = !wait_status_;
    kill_and_reap();
    drain(out_.descriptor, out_.text);
    drain(err_.descriptor, err_.text);
    if (WIFEXITED(*wait_status_)) end.status = WEXITSTATUS(*wait_status_);
    if (WIFSIGNALED(*wait_status_)) end.signal = WTERMSIG(*wait_status_);
    end.out = std::exchange(out_.text, {});
    end.err = std::exchange(err_.text, {});
    return end;
}

ProcessEnd run_process(const ProcessSpec& spec, Process::Limit limit) {
    return Process(spec).wait(limit);
}

}  // namespace gantry::testing

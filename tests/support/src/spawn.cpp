#include "spawn.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>
#include <utility>

namespace gantry::testing {
namespace {

// Both ends of a pipe, closed unless taken.
class PipePair {
  public:
    PipePair() {
        if (::pipe2(ends_, O_CLOEXEC) != 0)
            throw std::system_error(errno, std::generic_category(), "pipe2");
    }
    PipePair(const PipePair&) = delete;
    PipePair& operator=(const PipePair&) = delete;
    ~PipePair() {
        for (int end : ends_)
            if (end >= 0) ::close(end);
    }
    int reading() const noexcept { return ends_[0]; }
    int writing() const noexcept { return ends_[1]; }
    int take_reading() {
        ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
        return std::exchange(ends_[0], -1);
    }
    int take_writing() { return std::exchange(ends_[1], -1); }

  private:
    int ends_[2] = {-1, -1};
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (std::string& text : texts) result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

std::vector<std::string> whole_environment(const ProcessSpec& spec) {
    std::map<std::string, std::string> all;
    for (char** item = environ; *item != nullptr; ++item) {
        const std::string_view text = *item;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            all.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    for (const auto& [name, value] : spec.environment) all[name] = value;
    std::vector<std::string> result;
    for (const auto& [name, value] : all) result.push_back(name + '=' + value);
    return result;
}

struct ChildPlan {
    const char* program;
    char* const* arguments;
    char* const* environment;
    const ProcessSpec* spec;
    pid_t parent;
    int input, output, errors;
};

bool become(uid_t user) {
    return ::setgroups(0, nullptr) == 0 && ::setgid(static_cast<gid_t>(user)) == 0 &&
           ::setuid(user) == 0;
}

// Between fork and exec: only calls that are safe after a fork of a program with threads.
[[noreturn]] void run_child(const ChildPlan& plan) {
    for (int signal : {SIGPIPE, SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
    ::dup2(plan.input, STDIN_FILENO);
    ::dup2(plan.output, STDOUT_FILENO);
    ::dup2(plan.errors, STDERR_FILENO);
    ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    if (!plan.spec->folder.empty() && ::chdir(plan.spec->folder.c_str()) != 0) ::_exit(126);
    if (plan.spec->user && !become(*plan.spec->user)) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != plan.parent) ::_exit(126);
    ::execvpe(plan.program, plan.arguments, plan.environment);
    ::_exit(127);
}

}  // namespace

Spawned spawn(const ProcessSpec& spec) {
    std::vector<std::string> command = spec.command;
    std::vector<std::string> environment = whole_environment(spec);
    const std::vector<char*> arguments = pointers(command);
    const std::vector<char*> variables = pointers(environment);
    PipePair input, output, errors;
    const ChildPlan plan{spec.command.at(0).c_str(),
                         arguments.data(),
                         variables.data(),
                         &spec,
                         ::getpid(),
                         input.reading(),
                         output.writing(),
                         errors.writing()};
    const pid_t pid = ::fork();
    if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid == 0) run_child(plan);
    return {pid, input.take_writing(), output.take_reading(), errors.take_reading()};
}

}  // namespace gantry::testing

#include <host/shell/program_pipe.h>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <vector>

extern char** environ;

namespace gantry::host {
namespace {

struct Pipe {
    OwnedFd read;
    OwnedFd write;
};

Result<Pipe> make_pipe() {
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) != 0) return error_from_errno(errno, "shell", "pipe");
    return Pipe{OwnedFd(fds[0]), OwnedFd(fds[1])};
}

class SpawnActions {
  public:
    SpawnActions() {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        // The shell blocks and ignores signals that its children must have.
        sigset_t none;
        sigset_t defaults;
        ::sigemptyset(&none);
        ::sigemptyset(&defaults);
        ::sigaddset(&defaults, SIGPIPE);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &defaults);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    ~SpawnActions() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
    std::vector<std::string> all;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!variables.contains(std::string(text.substr(0, text.find('=')))))
            all.emplace_back(text);
    }
    for (const auto& [name, value] : variables) all.push_back(name + "=" + value);
    return all;
}

Result<pid_t> spawn(const ProgramPipe::Spec& spec, int in, int out) {
    SpawnActions with;
    ::posix_spawn_file_actions_adddup2(&with.actions, in, STDIN_FILENO);
    if (out >= 0) ::posix_spawn_file_actions_adddup2(&with.actions, out, STDOUT_FILENO);
    if (!spec.folder.empty())
        ::posix_spawn_file_actions_addchdir_np(&with.actions, spec.folder.c_str());
    auto texts = environment_with(spec.variables);
    std::vector<char*> environment;
    for (auto& text : texts) environment.push_back(text.data());
    environment.push_back(nullptr);
    std::array<std::string, 3> words{"sh", "-c", spec.program};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
    pid_t pid = -1;
    const int problem = ::posix_spawn(&pid, "/bin/sh", &with.actions, &with.attributes, arguments,
                                      environment.data());
    if (problem != 0) return error_from_errno(problem, "shell", "/bin/sh");
    return pid;
}

void pump(const OwnedFd& from, Output& to) {
    char buffer[16 * 1024];
    for (;;) {
        const auto count = ::read(from.get(), buffer, sizeof buffer);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        if (!to.write({buffer, static_cast<std::size_t>(count)})) return;
    }
}

}  // namespace

Result<std::unique_ptr<ProgramPipe>> ProgramPipe::start(const Spec& spec) {
    auto in = make_pipe();
    if (!in) return std::move(in).error();
    Pipe out;
    if (spec.output != nullptr) {
        auto made = make_pipe();
        if (!made) return std::move(made).error();
        out = std::move(*made);
    }
    auto pid = spawn(spec, in->read.get(), out.write.get());
    if (!pid) return std::move(pid).error();
    std::unique_ptr<ProgramPipe> program(new ProgramPipe(*pid, std::move(in->write)));
    if (spec.output != nullptr) {
        out.write.reset();
        program->pump_ =
            std::thread([from = std::move(out.read), to = spec.output] { pump(from, *to); });
    }
    return program;
}

ProgramPipe::~ProgramPipe() { (void)finish(); }

int ProgramPipe::finish() {
    input_.close();
    if (pump_.joinable()) pump_.join();
    if (pid_ < 0) return 0;
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace gantry::host

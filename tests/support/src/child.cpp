#include <support/child.h>

#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <filesystem>
#include <iostream>
#include <system_error>

namespace gantry::testing {
namespace {

constexpr uid_t kNobody = 65534;

std::string failure(const char* call) { return std::string(call) + ": " + std::strerror(errno); }

std::string guarded_body(const std::function<std::string()>& body) {
    try {
        return body();
    } catch (const std::exception& e) {
        return std::string("exception: ") + e.what();
    }
}

std::string read_all(int descriptor) {
    std::string text;
    char block[4096];
    ssize_t count = 0;
    while ((count = ::read(descriptor, block, sizeof block)) > 0 || (count < 0 && errno == EINTR))
        if (count > 0) text.append(block, static_cast<std::size_t>(count));
    return text;
}

}  // namespace

std::string run_in_child(const std::function<std::string()>& body) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe2");
    std::cout.flush();
    const pid_t pid = ::fork();
    if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (pid == 0) {
        const std::string fault = guarded_body(body);
        const ssize_t sent = ::write(ends[1], fault.data(), fault.size());
        ::_exit(sent == static_cast<ssize_t>(fault.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    const std::string fault = read_all(ends[0]);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    if (status != 0) return fault + " (child ended with " + std::to_string(status) + ")";
    return fault;
}

std::string become_nobody() {
    if (::setgroups(0, nullptr) != 0) return failure("setgroups");
    if (::setgid(kNobody) != 0) return failure("setgid");
    if (::setuid(kNobody) != 0) return failure("setuid");
    return {};
}

std::string mount_privately(const std::string& type, const std::string& folder,
                            const std::string& options) {
    if (::unshare(CLONE_NEWNS) != 0) return failure("unshare");
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return failure("make mounts private");
    if (::mount("none", folder.c_str(), type.c_str(), 0, options.c_str()) != 0)
        return failure("mount");
    return {};
}

std::optional<std::string> reason_against_other_users() {
    if (::geteuid() != 0) return "only root can become another user";
    const std::string problem = run_in_child(become_nobody);
    if (problem.empty()) return std::nullopt;
    return problem;
}

std::optional<std::string> reason_against_mounts() {
    const std::string folder = std::filesystem::temp_directory_path();
    const std::string problem =
        run_in_child([&] { return mount_privately("tmpfs", folder, "size=64k"); });
    if (problem.empty()) return std::nullopt;
    return problem;
}

void say_skipped(const std::string& reason) { std::cout << " (skipped: " << reason << ")"; }

}  // namespace gantry::testing

#include <fcntl.h>
#include <host/loader/private_folder.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <vector>

namespace gantry::host {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "gantry-plugins-";
constexpr char kLock[] = "lock";
// It takes its name when it is held: an unlocked one must not be seen in a living process's folder.
constexpr char kNewLock[] = "lock.new";

bool lets_code_be_mapped(const fs::path& folder) {
    struct statvfs status {};
    return ::statvfs(folder.c_str(), &status) == 0 && (status.f_flag & ST_NOEXEC) == 0 &&
           ::access(folder.c_str(), W_OK | X_OK) == 0;
}

// Takes the lock on a file, or answers -1 when a living process has it.
int take_lock(const fs::path& file, int flags) {
    const int fd = ::open(file.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    if (fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0) return fd;
    if (fd >= 0) ::close(fd);
    return -1;
}

// The process in "gantry-plugins-PID-XXXXXX" has gone. Only asked when there is no lock yet: its
// maker is just about to take it, or died before.
bool maker_is_gone(const std::string& name) {
    int pid = 0;
    const char* const start = name.data() + kPrefix.size();
    if (std::from_chars(start, name.data() + name.size(), pid).ec != std::errc{}) return false;
    return pid > 0 && ::kill(pid, 0) != 0 && errno == ESRCH;
}

void sweep_one(const fs::path& folder) {
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode) ||
        status.st_uid != ::geteuid())
        return;
    std::error_code ignored;
    if (!fs::exists(folder / kLock, ignored)) {
        if (maker_is_gone(folder.filename().string())) fs::remove_all(folder, ignored);
        return;
    }
    const int lock = take_lock(folder / kLock, 0);
    if (lock < 0) return;
    fs::remove_all(folder, ignored);
    ::close(lock);
}

void sweep(const fs::path& parent) {
    std::error_code failed;
    std::vector<fs::path> found;
    for (fs::directory_iterator i(parent, failed), end; !failed && i != end; i.increment(failed))
        if (i->path().filename().string().starts_with(kPrefix)) found.push_back(i->path());
    for (const auto& folder : found) sweep_one(folder);
}

}  // namespace

Result<std::unique_ptr<PrivateFolder>> PrivateFolder::create() {
    const char* const runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime && *runtime == '/' && lets_code_be_mapped(runtime)) return create_in(runtime);
    std::error_code failed;
    const fs::path temporary = fs::temp_directory_path(failed);
    return create_in(failed ? fs::path("/tmp") : temporary);
}

Result<std::unique_ptr<PrivateFolder>> PrivateFolder::create_in(const fs::path& parent) {
    sweep(parent);
    const std::string stem = std::string(kPrefix) + std::to_string(::getpid()) + "-XXXXXX";
    std::string made = (parent / stem).string();
    if (!::mkdtemp(made.data())) return error_from_errno(errno, "loader", parent.string());
    const int lock = take_lock(fs::path(made) / kNewLock, O_CREAT);
    if (lock < 0) return make_error(ErrorCode::plugin, "loader", "the folder has no lock", made);
    std::error_code failed;
    fs::rename(fs::path(made) / kNewLock, fs::path(made) / kLock, failed);
    return std::unique_ptr<PrivateFolder>(new PrivateFolder(made, lock));
}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
    ::close(lock_);
}

Result<fs::path> PrivateFolder::copy(const fs::path& file) {
    std::uint64_t number = 0;
    {
        std::lock_guard lock(mutex_);
        number = ++copies_;
    }
    const fs::path target = path_ / (file.stem().string() + "-" + std::to_string(number) + ".so");
    std::error_code failed;
    fs::copy_file(file, target, failed);
    if (!failed) return target;
    std::error_code ignored;
    fs::remove(target, ignored);
    return error_from_errno(failed.value(), "loader", file.string());
}

}  // namespace gantry::host

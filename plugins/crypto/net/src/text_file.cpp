#include <crypto/net/text_file.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace gantry::crypto {
namespace {

Error problem(const std::string& path) { return error_from_errno(errno, "crypto", path); }

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const noexcept { return fd_; }

  private:
    int fd_;
};

WallTime to_wall(const timespec& time) {
    return WallTime(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

FileIdentity to_identity(const struct stat& status) {
    return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            to_wall(status.st_mtim), to_wall(status.st_ctim)};
}

Result<std::string> read_all(int fd, const std::string& path, std::size_t max_bytes) {
    std::string text;
    std::array<char, 16 * 1024> buffer;
    for (;;) {
        const auto count = ::read(fd, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return problem(path);
        if (count == 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(count));
        if (text.size() > max_bytes)
            return make_error(ErrorCode::limit, "crypto", "the file is too long", path);
    }
}

Result<void> write_all(int fd, std::string_view text, const std::string& path) {
    while (!text.empty()) {
        const auto count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return problem(path);
        text.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

Result<void> make_folders(const std::filesystem::path& folder) {
    struct stat status {};
    if (folder.empty() || ::stat(folder.c_str(), &status) == 0) return {};
    if (auto above = make_folders(folder.parent_path()); !above) return above;
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return problem(folder.string());
    return {};
}

Result<void> fill_and_rename(int fd, const std::string& hidden, std::string_view text,
                             const std::string& target) {
    struct stat old {};
    if (::stat(target.c_str(), &old) == 0 && ::fchmod(fd, old.st_mode & 0777U) != 0)
        return problem(target);
    if (auto written = write_all(fd, text, target); !written) return written;
    if (::fsync(fd) != 0 || ::rename(hidden.c_str(), target.c_str()) != 0) return problem(target);
    return {};
}

}  // namespace

Result<TextFile> read_text_file(const std::string& path, std::size_t max_bytes) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
    struct stat status {};
    if (fd.get() < 0 || ::fstat(fd.get(), &status) != 0) return problem(path);
    auto text = read_all(fd.get(), path, max_bytes);
    if (!text) return std::move(text).error();
    return TextFile{std::move(*text), to_identity(status)};
}

std::optional<FileIdentity> identity_of_file(const std::string& path) noexcept {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return to_identity(status);
}

Result<void> replace_text_file(const std::string& path, std::string_view text) {
    std::error_code unresolved;
    const auto target = std::filesystem::weakly_canonical(path, unresolved);
    if (unresolved) return make_error(ErrorCode::other, "crypto", unresolved.message(), path);
    if (auto made = make_folders(target.parent_path()); !made) return made;
    auto hidden = target.string() + ".XXXXXX";
    const Descriptor fd(::mkostemp(hidden.data(), O_CLOEXEC));
    if (fd.get() < 0) return problem(path);
    auto done = fill_and_rename(fd.get(), hidden, text, target.string());
    if (!done) ::unlink(hidden.c_str());
    return done;
}

Result<FileLock> FileLock::take(const std::string& path) {
    if (auto made = make_folders(std::filesystem::path(path).parent_path()); !made)
        return std::move(made).error();
    FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) return problem(path);
    while (::flock(lock.descriptor_, LOCK_EX) != 0)
        if (errno != EINTR) return problem(path);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace gantry::crypto

#include <crypto/net/local_file.h>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gantry::crypto {
namespace {

constexpr int kCancelCheckMs = 100;  // how long a silent pipe may hide a wish to cancel

std::optional<ByteCount> size_of(const struct stat& status) noexcept {
    if (!S_ISREG(status.st_mode)) return std::nullopt;
    return ByteCount(static_cast<std::uint64_t>(status.st_size));
}

bool same_time(const timespec& a, const timespec& b) noexcept {
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

}  // namespace

Result<LocalFile> LocalFile::open(const std::string& path, std::string shown_name) {
    // Non-blocking, or a named pipe without a writer would hold the thread here.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return error_from_errno(errno, "crypto", std::move(shown_name));
    struct stat status {};
    (void)::fstat(fd, &status);
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return LocalFile(fd, status, std::move(shown_name));
}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      status_(other.status_),
      name_(std::move(other.name_)) {}

LocalFile::~LocalFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<void> LocalFile::wait_readable(const CancelToken& cancel) {
    for (;;) {
        if (cancel.cancel_requested())
            return make_error(ErrorCode::cancelled, "crypto", "cancelled", name_);
        pollfd entry{descriptor_, POLLIN, 0};
        const int ready = ::poll(&entry, 1, kCancelCheckMs);
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return error_from_errno(errno, "crypto", name_);
    }
}

Result<std::size_t> LocalFile::read(ByteSpan into, const CancelToken& cancel) {
    for (;;) {
        if (auto ready = wait_readable(cancel); !ready) return std::move(ready).error();
        const auto count = ::read(descriptor_, into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR && errno != EAGAIN) return error_from_errno(errno, "crypto", name_);
    }
}

Result<std::size_t> LocalFile::read_at(std::uint64_t offset, std::span<const ByteSpan> into) const {
    std::size_t total = 0;
    for (auto part : into)
        while (!part.empty()) {
            const auto count =
                ::pread(descriptor_, part.data(), part.size(), static_cast<off_t>(offset + total));
            if (count == 0) return total;
            if (count < 0 && errno != EINTR) return error_from_errno(errno, "crypto", name_);
            if (count < 0) continue;
            part = part.subspan(static_cast<std::size_t>(count));
            total += static_cast<std::size_t>(count);
        }
    return total;
}

std::optional<ByteCount> LocalFile::size() const noexcept { return size_of(status_); }

bool LocalFile::is_open_to_others() const noexcept {
    return S_ISREG(status_.st_mode) && (status_.st_mode & (S_IRWXG | S_IRWXO)) != 0;
}

Result<void> LocalFile::check_unchanged() const {
    struct stat now {};
    if (::fstat(descriptor_, &now) != 0) return error_from_errno(errno, "crypto", name_);
    if (size_of(now) == size_of(status_) && same_time(now.st_mtim, status_.st_mtim)) return {};
    return make_error(ErrorCode::source_changed, "crypto", "it changed while it was read", name_);
}

std::optional<ByteCount> size_of_file(const std::string& path) noexcept {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return size_of(status);
}

}  // namespace gantry::crypto

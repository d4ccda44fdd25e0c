#include <crypto/net/local_file.h>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gantry::crypto {
namespace {

constexpr int kCancelCheckMs = 100;  // how long a silent pipe may hide a wish to cancel

}  // namespace

Result<LocalFile> LocalFile::open(const std::string& path, std::string shown_name) {
    // Non-blocking, or a named pipe without a writer would hold the thread here.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return error_from_errno(errno, "crypto", std::move(shown_name));
    ::posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return LocalFile(fd, std::move(shown_name));
}

LocalFile::LocalFile(LocalFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)) {}

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

std::optional<ByteCount> size_of_file(const std::string& path) noexcept {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return ByteCount(static_cast<std::uint64_t>(status.st_size));
}

}  // namespace gantry::crypto

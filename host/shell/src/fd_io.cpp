#include <host/shell/fd_io.h>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

namespace gantry::host {

void OwnedFd::reset() noexcept {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

Result<void> write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const auto count = ::write(fd, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno == EAGAIN) {
            pollfd ready{fd, POLLOUT, 0};
            ::poll(&ready, 1, -1);
        } else if (errno == EPIPE || errno == EIO || errno == EBADF) {
            return make_error(ErrorCode::closed, "shell", "the reader of the output has gone");
        } else if (errno != EINTR) {
            return error_from_errno(errno, "shell", "output");
        }
    }
    return {};
}

bool is_reader_gone(const Error& error) noexcept {
    return error.code == ErrorCode::closed && error.domain == "shell";
}

Result<void> FdOutput::write(std::string_view text) {
    const std::lock_guard lock(mutex_);
    if (!fd_) return make_error(ErrorCode::closed, "shell", "the output is closed");
    return write_all(fd_.get(), text);
}

void FdOutput::close() {
    const std::lock_guard lock(mutex_);
    fd_.reset();
}

FdInput::FdInput(int fd) : fd_(fd), stop_(::eventfd(0, EFD_CLOEXEC)) {}

Result<std::size_t> FdInput::read(ByteSpan into) {
    pollfd wait[2] = {{fd_, POLLIN, 0}, {stop_.get(), POLLIN, 0}};
    for (;;) {
        if (::poll(wait, 2, -1) < 0) {
            if (errno == EINTR) continue;
            return error_from_errno(errno, "shell", "input");
        }
        if (wait[1].revents != 0) return std::size_t{0};
        const auto count = ::read(fd_, into.data(), into.size());
        if (count >= 0) return static_cast<std::size_t>(count);
        if (errno != EINTR && errno != EAGAIN) return error_from_errno(errno, "shell", "input");
    }
}

void FdInput::stop() {
    const std::uint64_t one = 1;
    (void)!::write(stop_.get(), &one, sizeof one);
}

}  // namespace gantry::host

#include <crypto/net/private_file.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace gantry::crypto {
namespace {

bool write_and_sync(int fd, ByteView content) {
    while (!content.empty()) {
        const auto count = ::write(fd, content.data(), content.size());
        if (count < 0 && errno != EINTR) return false;
        if (count > 0) content = content.subspan(static_cast<std::size_t>(count));
    }
    return ::fsync(fd) == 0;
}

}  // namespace

Result<void> create_private_file(const std::string& path, const std::string& shown_name,
                                 ByteView content) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0) return error_from_errno(errno, "crypto", shown_name);
    const bool whole = write_and_sync(fd, content);
    const int problem = errno;
    ::close(fd);
    if (whole) return {};
    ::unlink(path.c_str());
    return error_from_errno(problem, "crypto", shown_name);
}

}  // namespace gantry::crypto

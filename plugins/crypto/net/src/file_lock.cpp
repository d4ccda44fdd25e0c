#include <crypto/net/file_lock.h>
#include <gantry/storage/whole_file.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gantry::crypto {

Result<FileLock> FileLock::take(const std::string& path) {
    if (auto made = make_private_folders(std::filesystem::path(path).parent_path()); !made)
        return std::move(made).error();
    FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) return error_from_errno(errno, "crypto", path);
    while (::flock(lock.descriptor_, LOCK_EX) != 0)
        if (errno != EINTR) return error_from_errno(errno, "crypto", path);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace gantry::crypto

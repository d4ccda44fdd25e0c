#include "folder_file.h"

#include "file_status.h"
#include "in_memory.h"
#include "storage_error.h"
#include "transfer_cursor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>
#include <limits>

namespace gantry::host::storage {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<off_t>::max();
constexpr std::uint64_t kStatBlock = 512;  // the unit of st_blocks

// To reserve in memory is to take page by page, which for a large file costs a good part of what
// its transfer does, and that before the first byte.
constexpr std::uint64_t kReservedInMemory = 16U << 20U;

// Runs a call until a signal does not interrupt it.
template <class Call>
auto uninterrupted(Call call) {
    auto outcome = call();
    while (outcome < 0 && errno == EINTR) outcome = call();
    return outcome;
}

template <class Buffer>
std::uint64_t total_of(std::span<const Buffer> buffers) {
    std::uint64_t total = 0;
    for (const Buffer& buffer : buffers) total += buffer.size();
    return total;
}

}  // namespace

Error FolderFile::failed(int errno_value) const { return storage_error(errno_value, path_); }

Result<void> FolderFile::check_writable(std::uint64_t offset, std::uint64_t count) const {
    if (!writable_)
        return make_error(ErrorCode::denied, "storage", "the file is open for reading only", path_);
    if (offset > kLargest || count > kLargest - offset) return failed(EFBIG);
    return {};
}

Result<std::size_t> FolderFile::read_at(std::uint64_t offset, std::span<const ByteSpan> into) {
    std::size_t total = 0;
    if (offset > kLargest || total_of(into) > kLargest - offset) return total;
    for (TransferCursor cursor(into); !cursor.done();) {
        const auto window = cursor.window();
        const auto at = static_cast<off_t>(offset + total);
        const ssize_t count = uninterrupted([&] {
            return ::preadv(descriptor_.get(), window.data(), static_cast<int>(window.size()), at);
        });
        if (count < 0) return failed(errno);
        if (count == 0) break;
        cursor.advance(static_cast<std::size_t>(count));
        total += static_cast<std::size_t>(count);
    }
    return total;
}

Result<void> FolderFile::write_at(std::uint64_t offset, std::span<const ByteView> from) {
    if (auto fits = check_writable(offset, total_of(from)); !fits) return fits;
    for (TransferCursor cursor(from); !cursor.done();) {
        const auto window = cursor.window();
        const auto at = static_cast<off_t>(offset);
        const ssize_t count = uninterrupted([&] {
            return ::pwritev(descriptor_.get(), window.data(), static_cast<int>(window.size()), at);
        });
        if (count <= 0) return failed(count < 0 ? errno : ENOSPC);
        cursor.advance(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return {};
}

Result<void> FolderFile::allocate(std::uint64_t size) {
    if (auto fits = check_writable(0, size); !fits) return fits;
    if (size == 0) return {};
    if (size > kReservedInMemory && is_in_memory(descriptor_.get())) return allocate_roughly(size);
    const int outcome = uninterrupted(
        [&] { return ::fallocate(descriptor_.get(), 0, 0, static_cast<off_t>(size)); });
    if (outcome == 0) return {};
    if (errno == EOPNOTSUPP || errno == ENOSYS) return allocate_roughly(size);
    return failed(errno);
}

// For file systems that cannot reserve at once: compares with what is free now, and sets the
// length.
Result<void> FolderFile::allocate_roughly(std::uint64_t size) {
    struct stat status {};
    struct statvfs system {};
    if (::fstat(descriptor_.get(), &status) != 0 || ::fstatvfs(descriptor_.get(), &system) != 0)
        return failed(errno);
    const std::uint64_t held = static_cast<std::uint64_t>(status.st_blocks) * kStatBlock;
    const std::uint64_t free = std::uint64_t{system.f_bavail} * system.f_frsize;
    const bool known = system.f_blocks > 0;  // 0: a file system without a size
    if (known && size > held && size - held > free) return failed(ENOSPC);
    if (size <= static_cast<std::uint64_t>(status.st_size)) return {};
    return truncate(size);
}

Result<void> FolderFile::truncate(std::uint64_t size) {
    if (auto fits = check_writable(0, size); !fits) return fits;
    const int outcome =
        uninterrupted([&] { return ::ftruncate(descriptor_.get(), static_cast<off_t>(size)); });
    if (outcome != 0) return failed(errno);
    return {};
}

Result<void> FolderFile::sync() {
    if (uninterrupted([&] { return ::fdatasync(descriptor_.get()); }) != 0) return failed(errno);
    return {};
}

Result<FileIdentity> FolderFile::identity() {
    struct stat status {};
    if (::fstat(descriptor_.get(), &status) != 0) return failed(errno);
    return identity_of(status);
}

Result<void> FolderFile::set_modified(WallTime modified) {
    if (auto fits = check_writable(0, 0); !fits) return fits;
    const auto since = modified.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    timespec times[2] = {};
    times[0].tv_nsec = UTIME_OMIT;
    times[1].tv_sec = static_cast<time_t>(seconds.count());
    times[1].tv_nsec = static_cast<long>((since - seconds).count());
    if (::futimens(descriptor_.get(), times) != 0) return failed(errno);
    return {};
}

}  // namespace gantry::host::storage

#include <host/loader/byte_source.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace gantry::host {

namespace {

Error beyond_end() { return make_error(ErrorCode::range, "loader", "the file ends before that"); }

bool fits(std::uint64_t size, std::uint64_t offset, std::size_t count) {
    return offset <= size && count <= size - offset;
}

class FileSource final : public ByteSource {
  public:
    FileSource(int fd, std::uint64_t size) noexcept : fd_(fd), size_(size) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(fd_); }

    std::uint64_t size() const noexcept override { return size_; }
    Result<void> read(std::uint64_t offset, ByteSpan into) override {
        if (!fits(size_, offset, into.size())) return beyond_end();
        while (!into.empty()) {
            const auto got = ::pread(fd_, into.data(), into.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return error_from_errno(errno, "loader");
            if (got == 0) return beyond_end();
            into = into.subspan(static_cast<std::size_t>(got));
            offset += static_cast<std::uint64_t>(got);
        }
        return {};
    }

  private:
    int fd_;
    std::uint64_t size_;
};

}  // namespace

Result<void> MemorySource::read(std::uint64_t offset, ByteSpan into) {
    if (!fits(bytes_.size(), offset, into.size())) return beyond_end();
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), into.size(), into.begin());
    return {};
}

Result<std::unique_ptr<ByteSource>> open_byte_source(const std::filesystem::path& file) {
    // O_NONBLOCK: a pipe of that name must not hold us up.
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return error_from_errno(errno, "loader", file.string());
    struct stat status {};
    if (::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(fd);
        return make_error(ErrorCode::plugin, "loader", "it is not a plain file", file.string());
    }
    return std::make_unique<FileSource>(fd, static_cast<std::uint64_t>(status.st_size));
}

}  // namespace gantry::host

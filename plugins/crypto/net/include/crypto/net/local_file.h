#pragma once

#include <gantry/job/job.h>

#include <sys/stat.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace gantry::crypto {

// A file that the person named. It is opened as their own tools open it: symbolic links are
// followed, and pipes and devices work. (A FileStore, which is for names from a peer, refuses links
// that leave its folder.)
//
// Blocking. Errors as in error_from_errno, with the name as context.
class LocalFile {
  public:
    static Result<LocalFile> open(const std::string& path, std::string shown_name);
    LocalFile(LocalFile&& other) noexcept;
    LocalFile& operator=(LocalFile&&) = delete;
    ~LocalFile();

    // Some bytes, 0 at the end. ErrorCode::cancelled when `cancel` asks for it, also while a pipe
    // has nothing to read. One thread at a time.
    Result<std::size_t> read(ByteSpan into, const CancelToken& cancel);
    // Fills the buffers in order from `offset` on; fewer bytes only at the end of the file. For a
    // regular file; any thread.
    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) const;

    // The size it had when it was opened, of a regular file alone.
    std::optional<ByteCount> size() const noexcept;
    // Whether it is a regular file that others than its owner may read or write.
    bool is_open_to_others() const noexcept;
    // ErrorCode::source_changed when a regular file was written to since it was opened.
    Result<void> check_unchanged() const;
    const std::string& shown_name() const noexcept { return name_; }

  private:
    LocalFile(int descriptor, const struct stat& status, std::string name)
        : descriptor_(descriptor), status_(status), name_(std::move(name)) {}
    Result<void> wait_readable(const CancelToken& cancel);

    int descriptor_ = -1;
    struct stat status_;
    std::string name_;
};

// The size of a regular file by its name; nothing for anything else.
std::optional<ByteCount> size_of_file(const std::string& path) noexcept;

}  // namespace gantry::crypto

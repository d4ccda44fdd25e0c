#pragma once

#include <gantry/job/job.h>

#include <cstdint>
#include <optional>
#include <string>

namespace gantry::crypto {

// A file that the person named, read from front to back. It is opened as their own tools open it:
// symbolic links are followed, and pipes and devices work. (A FileStore, which is for names from a
// peer, refuses links that leave its folder and reads by position only.)
//
// Blocking, one thread at a time. Errors as in error_from_errno, with the name as context.
class LocalFile {
  public:
    static Result<LocalFile> open(const std::string& path, std::string shown_name);
    LocalFile(LocalFile&& other) noexcept;
    LocalFile& operator=(LocalFile&&) = delete;
    ~LocalFile();

    // Some bytes, 0 at the end. ErrorCode::cancelled when `cancel` asks for it, also while a pipe
    // has nothing to read.
    Result<std::size_t> read(ByteSpan into, const CancelToken& cancel);

  private:
    LocalFile(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
    Result<void> wait_readable(const CancelToken& cancel);

    int descriptor_ = -1;
    std::string name_;
};

// The size of a regular file by its name; nothing for anything else.
std::optional<ByteCount> size_of_file(const std::string& path) noexcept;

}  // namespace gantry::crypto

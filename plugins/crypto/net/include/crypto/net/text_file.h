#pragma once

#include <gantry/core/result.h>
#include <gantry/storage/file.h>

#include <optional>
#include <string>
#include <string_view>

namespace gantry::crypto {

// Small text files of the person's own, by paths they chose. All block. Errors as in
// error_from_errno, with the path as context.

struct TextFile {
    std::string text;
    FileIdentity identity;  // as it was when it was read
};

// ErrorCode::limit when it is longer.
Result<TextFile> read_text_file(const std::string& path, std::size_t max_bytes);
// Nothing when it cannot be looked at.
std::optional<FileIdentity> identity_of_file(const std::string& path) noexcept;
// Puts a new content under the name in one step, synced; a file keeps its mode, a new one has 0600.
// Folders above it are made (0700). A symbolic link is followed.
Result<void> replace_text_file(const std::string& path, std::string_view text);

// Keeps other processes and threads out while it lives.
class FileLock {
  public:
    // Waits for it. The lock is a file of its own, which is made and stays.
    static Result<FileLock> take(const std::string& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace gantry::crypto

#pragma once

#include <gantry/core/result.h>

#include <string>

namespace gantry::crypto {

// Keeps other processes and threads out while it lives.
class FileLock {
  public:
    // Waits for it. The lock is a file of its own, which is made, with the folders above it, and
    // stays. Errors as in error_from_errno.
    static Result<FileLock> take(const std::string& path);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace gantry::crypto

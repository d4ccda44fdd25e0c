#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/result.h>
#include <gantry/core/units.h>

#include <cstdint>
#include <optional>
#include <span>

namespace gantry {

// Tells whether a file is still the one it was. Equal identities: the content was not changed by
// ordinary means in between.
struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    WallTime modified{};
    WallTime changed{};  // ctime: catches a restored mtime
    bool operator==(const FileIdentity&) const = default;
};

// An open file with positional, vectored access. Calls block: use a BlockingPool or a blocking
// command, never a loop. Reads and writes at different offsets may run on several threads at once.
// Errors: no_space (also for an offset that no file has), denied (it is open for reading only),
// and other for the device.
class File {
  public:
    virtual ~File() = default;
    // Fills the buffers in order and says how many bytes came; fewer than asked only at the end of
    // the file.
    virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) = 0;
    // Writes all of the buffers or fails. A failure may leave a part written.
    virtual Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) = 0;
    // Reserves room for `size` bytes from the start and makes the file at least that long. no_space
    // comes here rather than in the middle of a transfer; a file system that cannot reserve, or
    // only page by page, is asked what is free instead.
    virtual Result<void> allocate(std::uint64_t size) = 0;
    virtual Result<void> truncate(std::uint64_t size) = 0;
    // The content is on the device when it returns.
    virtual Result<void> sync() = 0;
    virtual Result<FileIdentity> identity() = 0;
    // Sets the time of the last change, which the next write sets again. A file system may keep it
    // less exactly.
    virtual Result<void> set_modified(WallTime modified) = 0;
    // The descriptor, for a system call that can use one (sendfile); it stays the file's. Empty
    // where there is none.
    virtual std::optional<int> descriptor() const noexcept = 0;
};

}  // namespace gantry

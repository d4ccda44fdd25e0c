#pragma once

#include <cs/wire/frame_header.h>

#include <cstdint>
#include <optional>

namespace gantry::cs {

// Bytes of the file that a request is answered with; they follow on the stream.
struct FileRange {
    RequestId id;
    std::uint64_t offset = 0;
    std::size_t count = 0;
    // They do not go out as they are: read them, and send what ServerEnd::pack() makes of them.
    bool packed = false;
    bool operator==(const FileRange&) const = default;
};

// What to send next: the first `bytes` of the caller's buffer, then the file range, if any. Nothing
// of either: there is nothing to send now.
struct Transmit {
    std::size_t bytes = 0;
    std::optional<FileRange> file;
    bool empty() const noexcept { return bytes == 0 && !file; }
};

}  // namespace gantry::cs

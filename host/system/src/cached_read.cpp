#include "cached_read.h"

#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>

#include "storage/in_memory.h"

namespace gantry::host {

std::size_t read_cached(int file, std::uint64_t offset, ByteSpan into) noexcept {
    const iovec part{into.data(), into.size()};
    const auto at = static_cast<off_t>(offset);
    auto count = ::preadv2(file, &part, 1, at, RWF_NOWAIT);
    // Such a file does not take RWF_NOWAIT.
    if (count < 0 && errno == EOPNOTSUPP && is_in_memory(file))
        count = ::pread(file, into.data(), into.size(), at);
    return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace gantry::host

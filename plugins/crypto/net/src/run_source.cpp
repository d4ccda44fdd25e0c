#include <crypto/net/read_full.h>
#include <crypto/net/run_source.h>

#include <algorithm>
#include <utility>

namespace gantry::crypto {
namespace {

std::uint64_t runs_in(std::uint64_t size, Form form) noexcept {
    return size == 0 ? 1 : (size - 1) / unit_of(form) + 1;
}

// With their tags, when `bytes` of that form were read.
std::size_t run_size(std::size_t bytes, Form form) noexcept {
    return form == Form::sealed ? bytes : static_cast<std::size_t>(chunked_size(bytes));
}

}  // namespace

FileSource::FileSource(const LocalFile& file, Form form, std::uint64_t offset, std::uint64_t size)
    : file_(file), form_(form), offset_(offset), size_(size), runs_(runs_in(size, form)) {}

Result<std::optional<ChunkRun>> FileSource::next(ByteSpan room) {
    const auto number = next_.fetch_add(1, std::memory_order_relaxed);
    if (number >= runs_) return std::optional<ChunkRun>();
    const auto start = number * unit_of(form_);
    const auto bytes =
        static_cast<std::size_t>(std::min<std::uint64_t>(size_ - start, unit_of(form_)));
    const ChunkRun run{number, run_size(bytes, form_), number + 1 == runs_};
    const auto parts = parts_of<ByteSpan>(room.first(run.size), form_);
    const auto count = file_.read_at(offset_ + start, parts);
    if (!count) return count.error();
    if (*count == bytes) return std::optional(run);
    return make_error(ErrorCode::source_changed, "crypto", "it became shorter while it was read",
                      file_.shown_name());
}

Result<std::optional<ChunkRun>> StreamSource::next(ByteSpan room) {
    const std::lock_guard lock(mutex_);
    if (ended_) return std::optional<ChunkRun>();
    const auto bytes = fill_parts(room);
    if (!bytes) return bytes.error();
    const auto more = *bytes == unit_of(form_) ? look_ahead() : Result<bool>(false);
    if (!more) return more.error();
    ended_ = !*more;
    const ChunkRun run{number_++, run_size(*bytes, form_), ended_};
    if (run.size == 0) return make_error(ErrorCode::integrity, "crypto", "the file was cut off");
    return std::optional(run);
}

Result<std::size_t> StreamSource::fill_parts(ByteSpan room) {
    std::size_t total = 0;
    for (const auto part : parts_of<ByteSpan>(room, form_)) {
        const auto count = fill(part);
        if (!count) return count;
        total += *count;
        if (*count < part.size()) break;
    }
    return total;
}

// Fewer bytes only at the end.
Result<std::size_t> StreamSource::fill(ByteSpan room) {
    const std::size_t kept = ahead_ && !room.empty() ? 1 : 0;
    if (kept > 0) room[0] = *std::exchange(ahead_, std::nullopt);
    auto more = read_full(read_, room.subspan(kept));
    if (more) *more += kept;
    return more;
}

Result<bool> StreamSource::look_ahead() {
    std::byte next{};
    const auto count = read_({&next, 1});
    if (!count) return count.error();
    if (*count > 0) ahead_ = next;
    return *count > 0;
}

}  // namespace gantry::crypto

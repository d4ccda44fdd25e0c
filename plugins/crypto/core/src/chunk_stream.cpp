#include <crypto/core/chunk_stream.h>
#include <crypto/wire/limits.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <array>

namespace gantry::crypto {
namespace {

constexpr std::size_t kBatch = 16;  // chunks that a key is handed at once

AeadNonce nonce_of(std::uint64_t number, bool last) {
    AeadNonce nonce{};
    ByteWriter(nonce).u16(0).u8(0).u64(number).u8(last ? 1 : 0);
    return nonce;
}

// The next chunks of a run, up to kBatch; takes them off it.
std::span<AeadBuffer> take_batch(std::array<AeadBuffer, kBatch>& room, std::uint64_t& number,
                                 ByteSpan& run, bool ends) {
    std::size_t count = 0;
    while (!run.empty() && count < kBatch) {
        auto& buffer = room[count++];
        buffer.bytes = run.first(std::min(run.size(), kChunkSize));
        run = run.subspan(buffer.bytes.size());
        buffer.nonce = nonce_of(number++, ends && run.empty());
    }
    return std::span(room).first(count);
}

Result<void> check_count(std::uint64_t first, std::size_t bytes) {
    const auto count = (bytes + kChunkSize - 1) / kChunkSize;
    if (first <= limits::kMaxChunks && count <= limits::kMaxChunks - first) return {};
    return make_error(ErrorCode::limit, "crypto", "a file of more than 256 TiB");
}

Error changed(std::uint64_t number) {
    return make_error(ErrorCode::integrity, "crypto",
                      "chunk " + std::to_string(number) + " was changed, or the file was cut off");
}

}  // namespace

std::uint64_t chunked_size(std::uint64_t text) noexcept {
    const auto chunks = text == 0 ? 1 : (text - 1) / kChunkText + 1;
    return text + chunks * kAeadTagSize;
}

Result<std::uint64_t> text_size_of(std::uint64_t chunked) {
    const auto whole = chunked / kChunkSize, rest = chunked % kChunkSize;
    const bool alone = whole == 0 && rest == kAeadTagSize;
    if (rest == 0 ? whole == 0 : rest <= kAeadTagSize && !alone)
        return make_error(ErrorCode::integrity, "crypto", "the file was cut off");
    return whole * kChunkText + (rest == 0 ? 0 : rest - kAeadTagSize);
}

Result<void> ChunkStream::seal(std::uint64_t first, ByteSpan run, bool ends) {
    if (auto fits = check_count(first, run.size()); !fits) return fits;
    std::array<AeadBuffer, kBatch> room;
    while (!run.empty()) {
        const auto batch = take_batch(room, first, run, ends);
        if (auto sealed = key_.seal(batch); !sealed) return sealed;
    }
    return {};
}

Result<void> ChunkStream::unseal(std::uint64_t first, ByteSpan run, bool ends) {
    if (auto fits = check_count(first, run.size()); !fits) return fits;
    const bool empty_chunk = run.size() % kChunkSize == kAeadTagSize;
    if (empty_chunk && (first > 0 || run.size() > kChunkSize)) return changed(first);
    std::array<AeadBuffer, kBatch> room;
    while (!run.empty()) {
        const auto start = first;
        const auto batch = take_batch(room, first, run, ends);
        if (key_.unseal(batch) == batch.size()) continue;
        const auto bad = std::ranges::find(batch, false, &AeadBuffer::authentic);
        return changed(start + static_cast<std::uint64_t>(bad - batch.begin()));
    }
    return {};
}

}  // namespace gantry::crypto

#include <cs/core/sealed_chunks.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::size_t kBatch = 16;  // chunks that a key is handed at once

std::size_t chunk_size(std::uint64_t left) noexcept {
    return static_cast<std::size_t>(std::min<std::uint64_t>(left, kSealChunk));
}

AeadNonce chunk_nonce(std::uint64_t number, bool last) {
    return seal_nonce(last ? SealKind::last_chunk : SealKind::chunk, number);
}

}  // namespace

std::uint64_t sealed_size(std::uint64_t text) noexcept {
    const auto chunks = text == 0 ? 1 : (text - 1) / kSealText + 1;
    return text + chunks * kAeadTagSize;
}

Result<void> ChunkSealer::seal(ByteSpan run) {
    if (run.size() > left_) return make_error(ErrorCode::usage, "cs", "more than the range has");
    while (!run.empty()) {
        std::array<AeadBuffer, kBatch> batch;
        std::size_t count = 0;
        for (; count < kBatch && !run.empty(); ++count) {
            const auto chunk = run.first(std::min(run.size(), kSealChunk));
            run = run.subspan(chunk.size());
            left_ -= chunk.size();
            batch[count].nonce = chunk_nonce(number_++, left_ == 0);
            batch[count].bytes = chunk;
        }
        if (auto sealed = key_.seal(std::span(batch).first(count)); !sealed) return sealed;
    }
    return {};
}

std::size_t ChunkOpener::next_size() const noexcept { return chunk_size(left_); }

Result<std::span<const ByteView>> ChunkOpener::feed(ByteSpan bytes) {
    texts_.clear();
    if (broken_ || bytes.size() + begun_[which_].size() > left_) return seal_broken("the range");
    while (!bytes.empty()) {
        const auto size = next_size();
        ByteSpan chunk;
        if (begun_[which_].empty() && bytes.size() >= size) {
            chunk = bytes.first(size);
            bytes = bytes.subspan(size);
        } else {
            const auto taken = std::min(size - begun_[which_].size(), bytes.size());
            chunk = gather(bytes.first(taken), size);
            bytes = bytes.subspan(taken);
        }
        if (chunk.empty()) break;
        if (auto opened = open_chunk(chunk); !opened) return std::move(opened).error();
    }
    return std::span<const ByteView>(texts_);
}

// Puts the part behind what has begun; the chunk when that completes it.
ByteSpan ChunkOpener::gather(ByteSpan bytes, std::size_t size) {
    auto& begun = begun_[which_];
    begun.reserve(size);
    begun.insert(begun.end(), bytes.begin(), bytes.end());
    if (begun.size() < size) return {};
    which_ = 1 - which_;
    begun_[which_].clear();
    return begun;
}

Result<void> ChunkOpener::open_chunk(ByteSpan chunk) {
    left_ -= chunk.size();
    AeadBuffer buffer{chunk_nonce(number_, left_ == 0), {}, chunk};
    if (key_->unseal(std::span(&buffer, 1)) != 1) {
        broken_ = true;
        texts_.clear();
        return seal_broken("chunk " + std::to_string(number_) + " of the range");
    }
    ++number_;
    if (!buffer.text().empty()) texts_.push_back(buffer.text());
    return {};
}

}  // namespace gantry::cs

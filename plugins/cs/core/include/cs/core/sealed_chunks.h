#pragma once

#include <cs/core/seal_key.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gantry::cs {

inline constexpr std::size_t kSealText = 64 * 1024;  // of a range, in each chunk but the last
inline constexpr std::size_t kSealChunk = kSealText + kAeadTagSize;

// How many bytes of chunks a range of `text` bytes makes.
std::uint64_t sealed_size(std::uint64_t text) noexcept;

// The chunks of one range, in their order. One thread at a time.
class ChunkSealer {
  public:
    // `key` outlives it; `text` is the size of the range.
    ChunkSealer(AeadKey& key, std::uint64_t text) : key_(key), left_(sealed_size(text)) {}
    // Seals the next chunks in place. `run` is laid out as on the wire, with room for each chunk's
    // tag behind its text, and ends with a chunk. ErrorCode::usage for more than the range has.
    Result<void> seal(ByteSpan run);

  private:
    AeadKey& key_;
    std::uint64_t left_;  // bytes of chunks
    std::uint64_t number_ = 0;
};

// The reverse, for chunks as they come from the network, cut anywhere. One thread at a time.
class ChunkOpener {
  public:
    // `keep`: what `key` came from.
    ChunkOpener(std::unique_ptr<AeadKey> key, std::uint64_t text,
                std::shared_ptr<const void> keep = nullptr)
        : keep_(std::move(keep)), key_(std::move(key)), left_(sealed_size(text)) {}
    // Takes the next bytes and answers the texts that are whole and authentic with them. A chunk
    // that lies within `bytes` is opened there, in place; others are put together here. What it
    // answers is good until the next call, as long as `bytes` live. ErrorCode::integrity names the
    // chunk; nothing can be opened after that.
    Result<std::span<const ByteView>> feed(ByteSpan bytes);
    bool complete() const noexcept { return left_ == 0; }

  private:
    std::size_t next_size() const noexcept;
    Result<void> open_chunk(ByteSpan chunk);
    ByteSpan gather(ByteSpan bytes, std::size_t size);

    std::shared_ptr<const void> keep_;
    std::unique_ptr<AeadKey> key_;
    std::uint64_t left_;  // bytes of chunks
    std::uint64_t number_ = 0;
    bool broken_ = false;
    // A chunk that lies in two parts is begun in one call and completed in the next, whose end may
    // begin another one.
    std::array<Bytes, 2> begun_;
    std::size_t which_ = 0;
    std::vector<ByteView> texts_;
};

}  // namespace gantry::cs

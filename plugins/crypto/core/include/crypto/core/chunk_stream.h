#pragma once

#include <gantry/crypto/aead.h>

#include <algorithm>
#include <cstdint>

namespace gantry::crypto {

inline constexpr std::size_t kChunkText = 65536;  // of the file, in each chunk but the last
inline constexpr std::size_t kChunkSize = kChunkText + kAeadTagSize;

// How many bytes of chunks a text of `text` bytes makes.
std::uint64_t chunked_size(std::uint64_t text) noexcept;
// The inverse. ErrorCode::integrity for a size that no text makes: it was cut off.
Result<std::uint64_t> text_size_of(std::uint64_t chunked);

// One key's chunks (docs/protocols/crypto.md section 2). It works on runs: some chunks that follow
// one another, laid out as in the file; all are whole but perhaps the last of the stream. A run can
// start anywhere, so that several ChunkStreams, each with a key of its own, share a file. One
// thread.
class ChunkStream {
  public:
    // `key` outlives it.
    explicit ChunkStream(AeadKey& key) : key_(key) {}

    // Seals the texts in place; `run` has room for each chunk's tag behind its text. `first` is the
    // number of the first chunk; `ends`: the last chunk of the run is that of the stream.
    // ErrorCode::limit behind chunk 2^32.
    Result<void> seal(std::uint64_t first, ByteSpan run, bool ends);
    // The reverse. ErrorCode::integrity names the first chunk that does not open; the run then
    // holds nothing to be used.
    Result<void> unseal(std::uint64_t first, ByteSpan run, bool ends);

  private:
    AeadKey& key_;
};

// Calls `use(ByteSpan text)` for the text of each chunk in a run, in order.
template <class Bytes, class Use>
void for_each_text(Bytes run, Use use) {
    while (!run.empty()) {
        const auto chunk = run.first(std::min(run.size(), kChunkSize));
        use(chunk.first(chunk.size() - std::min(chunk.size(), kAeadTagSize)));
        run = run.subspan(chunk.size());
    }
}

}  // namespace gantry::crypto

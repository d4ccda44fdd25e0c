#pragma once

#include <cs/core/sealed_chunks.h>
#include <cs/wire/piece_message.h>

#include <cstdint>
#include <memory>
#include <vector>

namespace gantry::cs {

// The keys that a server answers with. Immutable once it serves; any thread.
class SealKeyRing {
  public:
    void add(std::shared_ptr<const SealKey> key) { keys_.push_back(std::move(key)); }
    // Whose request it is. ErrorCode::security: with a key that is not here, or not by one who has
    // it.
    Result<std::shared_ptr<const SealKey>> admit(const SealedAsk& ask) const;

  private:
    std::vector<std::shared_ptr<const SealKey>> keys_;
};

// The server's part in one encrypted file (docs/protocols/cs.md, "Encrypted file"). One thread at a
// time.
class SealedAnswer {
  public:
    // `random` was never used before; `text` is the size of the range.
    static Result<std::unique_ptr<SealedAnswer>> begin(std::shared_ptr<const SealKey> key,
                                                       const SealedAsk& ask, FileResponse response,
                                                       const SealRandom& random,
                                                       std::uint64_t text);
    ByteView response_body() const noexcept { return response_; }
    // All of its data, in order.
    ChunkSealer& chunks() noexcept { return *chunks_; }
    Result<Bytes> seal_piece(const PieceMessage& piece);
    Result<Bytes> seal_end(const FileEnd& end);

  private:
    SealedAnswer() = default;

    std::shared_ptr<const SealKey> seal_key_;  // outlives what it made
    std::unique_ptr<AeadKey> content_key_;
    std::unique_ptr<ChunkSealer> chunks_;
    Bytes response_;
    std::uint64_t pieces_ = 0;
};

}  // namespace gantry::cs

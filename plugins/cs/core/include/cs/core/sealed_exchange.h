#pragma once

#include <cs/core/sealed_chunks.h>
#include <cs/wire/piece_message.h>

#include <cstdint>
#include <memory>

namespace gantry::cs {

// The client's part in one encrypted file (docs/protocols/cs.md, "Encrypted file"): its request,
// and what of the answer is no chunk. One thread at a time; the opener is for another one.
class SealedExchange {
  public:
    // `random` was never used before.
    static Result<std::shared_ptr<SealedExchange>> ask(std::shared_ptr<const SealKey> key,
                                                       FileRequest request,
                                                       const SealRandom& random);
    ByteView request_body() const noexcept { return body_; }

    // ErrorCode::security when it does not prove that the server has the key; protocol for a range
    // that the file does not have; unsupported.
    Result<FileResponse> take_response(ByteView body);
    // After it, the bytes of the range and those of its chunks.
    std::uint64_t text_size() const noexcept { return text_; }
    std::shared_ptr<ChunkOpener> take_opener() noexcept { return std::move(opener_); }

    // In their order. ErrorCode::integrity when it does not open.
    Result<PieceMessage> open_piece(ByteView body);
    Result<FileEnd> open_end(ByteView body);

  private:
    SealedExchange(std::shared_ptr<const SealKey> key, FileRequest request,
                   const SealRandom& random);
    Result<void> check_proof(const SealedResponse& response, const ProvenBody& body);

    std::shared_ptr<const SealKey> seal_key_;  // outlives what it made
    FileRequest request_;
    SealRandom random_;
    Bytes body_;
    std::unique_ptr<AeadKey> content_key_;
    std::shared_ptr<ChunkOpener> opener_;
    std::uint64_t text_ = 0;
    std::uint64_t pieces_ = 0;
};

}  // namespace gantry::cs

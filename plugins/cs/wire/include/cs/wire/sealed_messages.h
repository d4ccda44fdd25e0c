#pragma once

#include <cs/wire/file_messages.h>
#include <cs/wire/limits.h>

#include <array>

namespace gantry::cs {

// The bodies of the encrypted file service (docs/protocols/cs.md, "Encrypted file"). Each ends in a
// proof over the bytes before it, so they come in two layers.

using SealKeyId = std::array<std::byte, limits::kSealKeyId>;
using SealRandom = std::array<std::byte, limits::kSealRandom>;
using SealProof = std::array<std::byte, limits::kSealProof>;

// A body as it travels. The fields are views of it.
struct ProvenBody {
    ByteView fields;
    SealProof proof{};

    // ErrorCode::protocol when the last field is no proof.
    static Result<ProvenBody> split(ByteView body);
};
Bytes with_proof(Bytes fields, const SealProof& proof);

// What stands before the proof. decode() as in file_messages.h.
struct SealedRequest {
    FileRequest file;
    SealKeyId key{};
    SealRandom random{};

    Bytes encode() const;
    static Result<SealedRequest> decode(ByteView fields);
    bool operator==(const SealedRequest&) const = default;
};

struct SealedResponse {
    FileResponse file;
    SealRandom random{};

    Bytes encode() const;
    static Result<SealedResponse> decode(ByteView fields);
    bool operator==(const SealedResponse&) const = default;
};

// A request as a server got it: with the bytes that keys are made from.
struct SealedAsk {
    SealedRequest request;
    SealProof proof{};
    Bytes body;  // whole

    ByteView fields() const noexcept;
    static Result<SealedAsk> decode(ByteView body);
    bool operator==(const SealedAsk&) const = default;
};

}  // namespace gantry::cs

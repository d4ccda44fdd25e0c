#pragma once

#include <cs/core/piece_roots.h>
#include <cs/wire/fields.h>
#include <gantry/crypto/digest.h>

#include <functional>
#include <memory>

namespace gantry::cs {

// Makes the digests that the algorithms stand on. Thread-safe.
using MakeDigest = std::function<Result<std::unique_ptr<Digest>>(DigestAlgorithm)>;

// One of the check algorithms over a whole file. One thread at a time.
class FileHash {
  public:
    virtual ~FileHash() = default;
    virtual void update(ByteView bytes) = 0;
    // The value as a check value has it. Call it once.
    virtual Bytes finish() = 0;
};

// unsupported: no such algorithm, or no digests to make it of.
Result<std::unique_ptr<FileHash>> make_file_hash(CheckAlgorithm algorithm,
                                                 const MakeDigest& digests);

// Over SHA-256. Errors as above.
Result<PieceRoots> make_piece_roots(const MakeDigest& digests);

}  // namespace gantry::cs

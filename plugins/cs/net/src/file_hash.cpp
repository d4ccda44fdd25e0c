#include <cs/net/file_hash.h>
#include <cs/wire/crc32c.h>
#include <gantry/crypto/merkle_root.h>

namespace gantry::cs {

namespace {

class Crc32cHash final : public FileHash {
  public:
    void update(ByteView bytes) override { crc_.update(bytes); }
    Bytes finish() override { return crc_.bytes(); }

  private:
    Crc32c crc_;
};

class Sha256Hash final : public FileHash {
  public:
    explicit Sha256Hash(std::unique_ptr<Digest> digest) : digest_(std::move(digest)) {}
    void update(ByteView bytes) override { digest_->update(bytes); }
    Bytes finish() override { return digest_->finish(); }

  private:
    std::unique_ptr<Digest> digest_;
};

class MerkleHash final : public FileHash {
  public:
    explicit MerkleHash(std::unique_ptr<Digest> digest) : root_(std::move(digest)) {}
    void update(ByteView bytes) override { root_.update(bytes); }
    Bytes finish() override {
        const auto root = root_.finish();
        return Bytes(root.begin(), root.end());
    }

  private:
    MerkleRoot root_;
};

Result<std::unique_ptr<Digest>> make_sha256(const MakeDigest& digests) {
    if (!digests) return make_error(ErrorCode::unsupported, "cs", "no digests can be computed");
    return digests(DigestAlgorithm::sha256);
}

template <class Hash>
Result<std::unique_ptr<FileHash>> over_sha256(const MakeDigest& digests) {
    auto digest = make_sha256(digests);
    if (!digest) return std::move(digest).error();
    return std::make_unique<Hash>(std::move(*digest));
}

}  // namespace

Result<std::unique_ptr<FileHash>> make_file_hash(CheckAlgorithm algorithm,
                                                 const MakeDigest& digests) {
    switch (algorithm) {
        case CheckAlgorithm::crc32c:
            return std::make_unique<Crc32cHash>();
        case CheckAlgorithm::sha256:
            return over_sha256<Sha256Hash>(digests);
        case CheckAlgorithm::merkle:
            return over_sha256<MerkleHash>(digests);
        case CheckAlgorithm::none:
            break;
    }
    return make_error(ErrorCode::unsupported, "cs", "this server does not know that algorithm");
}

Result<PieceRoots> make_piece_roots(const MakeDigest& digests) {
    auto leaves = make_sha256(digests);
    if (!leaves) return std::move(leaves).error();
    auto nodes = make_sha256(digests);
    if (!nodes) return std::move(nodes).error();
    return PieceRoots(std::move(*leaves), std::move(*nodes));
}

}  // namespace gantry::cs

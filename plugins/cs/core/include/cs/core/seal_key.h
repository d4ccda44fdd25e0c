#pragma once

#include <cs/wire/sealed_messages.h>
#include <gantry/crypto/aead.h>
#include <gantry/crypto/kdf.h>
#include <gantry/crypto/key_file.h>

#include <cstdint>
#include <memory>
#include <string>

namespace gantry::cs {

// What encrypted files need of the crypto plugin. Held as long as what came from it is used.
struct SealServices {
    ServiceRef<KdfService> kdf;
    ServiceRef<AeadService> aead;
    ServiceRef<DigestService> digests;
};

// What the nonces of one content key are told apart by, besides their numbers.
enum class SealKind : std::uint8_t { chunk = 0, last_chunk = 1, piece = 2, end = 3, response = 4 };
AeadNonce seal_nonce(SealKind kind, std::uint64_t number);

// What the content key of one answer is made from: the randoms, and both messages as they
// travelled.
struct SealTranscript {
    const SealRandom& client;
    const SealRandom& server;
    ByteView request;          // whole
    ByteView response_fields;  // as far as the proof
};

// The keys that two sides get from one key file (docs/protocols/cs.md, "Encrypted file").
// Immutable; any thread.
class SealKey {
  public:
    // For KeyFileService::derive().
    static constexpr std::string_view kPurpose = "gantry cs 1 encrypted file";

    static Result<std::shared_ptr<const SealKey>> make(std::shared_ptr<const SealServices> services,
                                                       NamedKey base);
    const SealKeyId& id() const noexcept { return id_; }
    // As access rules and the log have it: "psk:laptop".
    const std::string& identity() const noexcept { return identity_; }
    // Shows that whoever sends these fields of a request has the key.
    Result<SealProof> request_proof(const SealRandom& client, ByteView fields) const;
    Result<std::unique_ptr<AeadKey>> content_key(const SealTranscript& transcript) const;

  private:
    SealKey(std::shared_ptr<const SealServices> services, NamedKey base);
    Result<Secret> derive(std::string_view label, ByteView salt, std::initializer_list<ByteView> of,
                          std::size_t size) const;

    std::shared_ptr<const SealServices> services_;
    std::string identity_;
    Secret base_;
    SealKeyId id_{};
};

// A text with its tag behind it, and back. ErrorCode::integrity when it does not open.
Result<Bytes> seal_text(AeadKey& key, const AeadNonce& nonce, Bytes text);
Result<Bytes> open_text(AeadKey& key, const AeadNonce& nonce, ByteView sealed);
// The proof that ends a response.
Result<SealProof> response_proof(AeadKey& content_key);

// Something of an answer does not open.
Error seal_broken(const std::string& what);

}  // namespace gantry::cs

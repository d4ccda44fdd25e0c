#pragma once

#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_digests.h>
#include <crypto/net/openssl_kdf.h>
#include <cs/core/sealed_answer.h>
#include <cs/core/sealed_exchange.h>

#include <string>

namespace gantry::cs {

// The real cryptography, for keys that are no files.
struct SealCrypto {
    crypto::CoreDumpShield shield;
    crypto::OpensslKdf kdf{shield};
    crypto::OpensslAead aead{shield};
    crypto::OpensslDigests digests;

    static SealCrypto& get() {
        static SealCrypto crypto;
        return crypto;
    }
    static std::shared_ptr<const SealServices> services() {
        auto made = std::make_shared<SealServices>();
        made->kdf = ServiceRef<KdfService>(&get().kdf, {});
        made->aead = ServiceRef<AeadService>(&get().aead, {});
        made->digests = ServiceRef<DigestService>(&get().digests, {});
        return made;
    }
    static std::shared_ptr<const SealKey> key(const std::string& name, ByteView base) {
        return SealKey::make(services(), {name, Secret(base)}).value();
    }
    // One whose base is full of one byte.
    static std::shared_ptr<const SealKey> key(char fill = 'k', const std::string& name = "laptop") {
        return key(name, as_bytes(std::string(32, fill)));
    }
    // The one of docs/protocols/cs.md.
    static std::shared_ptr<const SealKey> document_key() {
        return key(
            "alice",
            from_hex("6bc0af1ebcce2fdcbfc7b1ad7606e15d4c84d603c17b535ab87938079dc98bf6").value());
    }
    static std::unique_ptr<AeadKey> content(char fill) {
        return get()
            .aead.create(AeadAlgorithm::aes256_gcm, as_bytes(std::string(32, fill)))
            .value();
    }
    static SealRandom random(char fill) {
        SealRandom out{};
        out.fill(static_cast<std::byte>(fill));
        return out;
    }
};

}  // namespace gantry::cs

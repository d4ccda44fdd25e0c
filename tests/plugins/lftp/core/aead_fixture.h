#pragma once

#include <crypto/net/openssl_aead.h>
#include <crypto/net/openssl_kdf.h>
#include <gantry/crypto/digest.h>
#include <lftp/core/aead_protection.h>

#include <string>

namespace gantry::lftp {

// The real cryptography.
struct PacketCrypto {
    crypto::CoreDumpShield shield;
    crypto::OpensslKdf kdf{shield};
    crypto::OpensslAead aead{shield};

    static PacketCrypto& get() {
        static PacketCrypto crypto;
        return crypto;
    }
    static TrafficSecret secret(ByteView bytes,
                                AeadAlgorithm algorithm = AeadAlgorithm::aes128_gcm) {
        return {Secret(bytes), algorithm, get().kdf, get().aead};
    }
    // One that is full of one character.
    static TrafficSecret secret(char fill) { return secret(as_bytes(std::string(32, fill))); }
    // The one of docs/protocols/rudp.md section 5.
    static TrafficSecret document_secret() {
        return secret(
            from_hex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b").value());
    }
};

}  // namespace gantry::lftp

#include <cs/net/classic_cipher.h>

#include <openssl/err.h>
#include <openssl/evp.h>

#include <limits>

namespace gantry::cs {

namespace {

// Published with the protocol, so it is no secret.
constexpr unsigned char kKey[] = "project-C/S and P2P protocol key";
static_assert(sizeof(kKey) == 32 + 1);

}  // namespace

struct ClassicCipher::Direction {
    explicit Direction(bool encrypts) : context(EVP_CIPHER_CTX_new()) {
        ready = context != nullptr &&
                EVP_CipherInit_ex(context, EVP_aes_256_ecb(), nullptr, kKey, nullptr,
                                  encrypts ? 1 : 0) == 1 &&
                EVP_CIPHER_CTX_set_padding(context, 0) == 1;
    }
    ~Direction() { EVP_CIPHER_CTX_free(context); }
    Direction(const Direction&) = delete;
    Direction& operator=(const Direction&) = delete;

    bool transform(ByteSpan blocks) {
        if (!ready || blocks.size() % kBlock != 0 ||
            blocks.size() > std::numeric_limits<int>::max())
            return false;
        auto* bytes = reinterpret_cast<unsigned char*>(blocks.data());
        int count = 0;
        return EVP_CipherUpdate(context, bytes, &count, bytes, static_cast<int>(blocks.size())) ==
               1;
    }
    static Result<void> run(std::unique_ptr<Direction>& direction, bool encrypts, ByteSpan blocks) {
        if (!direction) direction = std::make_unique<Direction>(encrypts);
        if (direction->transform(blocks)) return {};
        ERR_clear_error();
        return make_error(ErrorCode::other, "cs", "the cipher of the classic wire failed");
    }

    EVP_CIPHER_CTX* context;
    bool ready = false;
};

ClassicCipher::ClassicCipher() = default;
ClassicCipher::~ClassicCipher() = default;

Result<void> ClassicCipher::encrypt(ByteSpan blocks) {
    return Direction::run(encrypting_, true, blocks);
}

Result<void> ClassicCipher::decrypt(ByteSpan blocks) {
    return Direction::run(decrypting_, false, blocks);
}

}  // namespace gantry::cs

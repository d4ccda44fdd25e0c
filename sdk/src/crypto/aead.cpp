#include <gantry/crypto/aead.h>

#include <array>

namespace gantry {
namespace {

constexpr std::array<std::string_view, 3> kAeadNames{"aes128-gcm", "aes256-gcm",
                                                     "chacha20-poly1305"};

}  // namespace

std::size_t aead_key_size(AeadAlgorithm algorithm) noexcept {
    return algorithm == AeadAlgorithm::aes128_gcm ? 16 : 32;
}

std::string_view aead_name(AeadAlgorithm algorithm) noexcept {
    const auto index = static_cast<std::size_t>(algorithm);
    return index < kAeadNames.size() ? kAeadNames[index] : "unknown";
}

Result<AeadAlgorithm> aead_from_name(std::string_view name) {
    for (std::size_t i = 0; i < kAeadNames.size(); ++i)
        if (kAeadNames[i] == name) return static_cast<AeadAlgorithm>(i);
    return make_error(
        ErrorCode::usage, "aead",
        "'" + std::string(name) + "' is not one of aes128-gcm, aes256-gcm, chacha20-poly1305");
}

}  // namespace gantry

#include <crypto/core/file_keys.h>
#include <gantry/crypto/digest.h>

#include <algorithm>
#include <vector>

namespace gantry::crypto {
namespace {

constexpr std::size_t kKeySize = 32;
constexpr std::size_t kFingerprintSize = 8;
constexpr auto kHash = DigestAlgorithm::sha256;

Result<FileHeader::Mac> header_mac(KdfService& kdf, ByteView master, const FileHeader& header) {
    const auto key =
        kdf.hkdf(kHash, master, header.salt, as_bytes("gantry file 1 header"), kKeySize);
    if (!key) return key.error();
    const auto running = kdf.hmac(kHash, key->view());
    if (!running) return running.error();
    (*running)->update(header.signed_part());
    const auto value = (*running)->finish();
    FileHeader::Mac mac{};
    std::ranges::copy(value, mac.begin());
    return mac;
}

}  // namespace

Result<Secret> passphrase_secret(KdfService& kdf, ByteView passphrase, const FileHeader& header) {
    return kdf.scrypt(passphrase, header.salt, header.cost, kKeySize);
}

Result<void> sign_header(KdfService& kdf, ByteView master, FileHeader& header) {
    auto mac = header_mac(kdf, master, header);
    if (!mac) return std::move(mac).error();
    header.mac = *mac;
    return {};
}

Result<void> check_header(KdfService& kdf, ByteView master, const FileHeader& header) {
    const auto mac = header_mac(kdf, master, header);
    if (!mac) return mac.error();
    if (equal_in_constant_time(*mac, header.mac)) return {};
    const auto* what = header.key_kind == KeyKind::key_file ? "the key" : "the passphrase";
    return make_error(ErrorCode::security, "crypto",
                      std::string(what) + " is not that of this file, or its header was changed");
}

Result<Secret> payload_key(KdfService& kdf, ByteView master, const FileHeader& header) {
    const auto label = as_bytes("gantry file 1 payload");
    std::vector<std::byte> info(label.begin(), label.end());
    const auto part = header.signed_part();
    info.insert(info.end(), part.begin(), part.end());
    return kdf.hkdf(kHash, master, header.salt, info, kKeySize);
}

Result<std::string> key_fingerprint(KdfService& kdf, ByteView secret) {
    const auto bytes =
        kdf.hkdf(kHash, secret, {}, as_bytes("gantry key fingerprint"), kFingerprintSize);
    if (!bytes) return bytes.error();
    return to_hex(bytes->view());
}

}  // namespace gantry::crypto

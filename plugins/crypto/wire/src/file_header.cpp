#include <crypto/wire/file_header.h>
#include <crypto/wire/limits.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <optional>

namespace gantry::crypto {
namespace {

// As PNG's: a byte above 127, both line ends and an end-of-file mark.
constexpr std::string_view kMagic = "\x89GNE\r\n\x1a\n";
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kLog2Chunk = 16;
constexpr std::uint8_t kAesGcm = 1;
constexpr std::uint8_t kChaCha = 2;

Error unsupported(std::string message) {
    return make_error(ErrorCode::unsupported, "crypto", std::move(message));
}

std::uint8_t cipher_number(AeadAlgorithm cipher) noexcept {
    return cipher == AeadAlgorithm::chacha20_poly1305 ? kChaCha : kAesGcm;
}

std::optional<AeadAlgorithm> cipher_of(std::uint8_t number) noexcept {
    if (number == kAesGcm) return AeadAlgorithm::aes256_gcm;
    if (number == kChaCha) return AeadAlgorithm::chacha20_poly1305;
    return std::nullopt;
}

Result<void> check_cost(KeyKind kind, const ScryptCost& cost) {
    if (kind == KeyKind::key_file) {
        if (cost == ScryptCost{.log2_n = 0, .r = 0, .p = 0}) return {};
        return unsupported("a file for a key file names a cost of scrypt");
    }
    const bool fits = cost.log2_n >= limits::kMinScryptLog2N &&
                      cost.log2_n <= limits::kMaxScryptLog2N && cost.r == limits::kScryptR &&
                      cost.p >= 1 && cost.p <= limits::kMaxScryptP;
    if (fits) return {};
    return make_error(ErrorCode::limit, "crypto",
                      "the file asks for a cost of scrypt that is outside the limits");
}

template <std::size_t Size>
std::array<std::byte, Size> take(ByteReader& reader) {
    std::array<std::byte, Size> out{};
    std::ranges::copy(reader.bytes(Size).value(), out.begin());
    return out;
}

Result<void> read_kinds(ByteReader& fields, FileHeader& header) {
    if (const auto version = fields.u8().value(); version != kVersion)
        return unsupported("the encrypted file has version " + std::to_string(version) +
                           "; this program knows version 1");
    const auto cipher = cipher_of(fields.u8().value());
    const auto kind = fields.u8().value();
    const auto log2_chunk = fields.u8().value();
    if (!cipher || kind < 1 || kind > 2 || log2_chunk != kLog2Chunk)
        return unsupported("the encrypted file uses what this program does not know");
    header.cipher = *cipher;
    header.key_kind = static_cast<KeyKind>(kind);
    return {};
}

}  // namespace

FileHeader::Signed FileHeader::signed_part() const {
    Signed out{};
    ByteWriter(out)
        .text(kMagic)
        .u8(kVersion)
        .u8(cipher_number(cipher))
        .u8(static_cast<std::uint8_t>(key_kind))
        .u8(kLog2Chunk)
        .u8(static_cast<std::uint8_t>(cost.log2_n))
        .u8(static_cast<std::uint8_t>(cost.r))
        .u8(static_cast<std::uint8_t>(cost.p))
        .u8(0)
        .bytes(salt);
    return out;
}

std::array<std::byte, FileHeader::kSize> FileHeader::encode() const {
    std::array<std::byte, kSize> out{};
    ByteWriter(out).bytes(signed_part()).bytes(mac);
    return out;
}

Result<FileHeader> FileHeader::decode(ByteView bytes) {
    ByteReader reader(bytes);
    const auto magic = reader.text(kMagic.size());
    if (!magic || *magic != kMagic)
        return make_error(ErrorCode::integrity, "crypto", "this is no file that Gantry encrypted");
    const auto rest = reader.bytes(kSize - kMagic.size());
    if (!rest) return make_error(ErrorCode::integrity, "crypto", "the file ends within its header");
    ByteReader fields(*rest);
    FileHeader header;
    if (auto kinds = read_kinds(fields, header); !kinds) return std::move(kinds).error();
    header.cost.log2_n = fields.u8().value();
    header.cost.r = fields.u8().value();
    header.cost.p = fields.u8().value();
    if (fields.u8().value() != 0)
        return unsupported("the encrypted file uses what this program does not know");
    if (auto cost = check_cost(header.key_kind, header.cost); !cost) return std::move(cost).error();
    header.salt = take<32>(fields);
    header.mac = take<kMacSize>(fields);
    return header;
}

}  // namespace gantry::crypto

#include <lftp/core/key_export.h>

namespace gantry::lftp {

namespace {

constexpr std::string_view kExportLabel = "EXPORTER-gantry-rudp-1";

Result<AeadAlgorithm> algorithm_of(Protection protection) {
    switch (protection) {
        case Protection::aes128_gcm:
            return AeadAlgorithm::aes128_gcm;
        case Protection::aes256_gcm:
            return AeadAlgorithm::aes256_gcm;
        case Protection::chacha20_poly1305:
            return AeadAlgorithm::chacha20_poly1305;
        case Protection::none:
            break;
    }
    return make_error(ErrorCode::unsupported, "rudp", "no protection was agreed on");
}

}  // namespace

std::vector<std::byte> KeyContext::encode() const {
    std::vector<std::byte> out(4 + 4 * 8 + client_block.size() + server_block.size());
    ByteWriter writer(out);
    writer.u32(version.value());
    for (const auto id : {first_destination, retry, client, server}) writer.u64(id.value());
    writer.bytes(client_block).bytes(server_block);
    return out;
}

Result<std::unique_ptr<PacketProtection>> export_protection(const TlsEngine& tls,
                                                            const KeyContext& context, Side side,
                                                            Protection protection, KdfService& kdf,
                                                            AeadService& aead) {
    const auto algorithm = algorithm_of(protection);
    if (!algorithm) return algorithm.error();
    const auto secrets = tls.export_key(kExportLabel, context.encode(), 2 * TrafficSecret::kSize);
    if (!secrets) return secrets.error();
    const auto secret = [&](Side of) {
        const std::size_t at = of == Side::client ? 0 : TrafficSecret::kSize;
        const ByteView half = secrets->view().subspan(at, TrafficSecret::kSize);
        return TrafficSecret(Secret(half), *algorithm, kdf, aead);
    };
    return AeadProtection::create(secret(side), secret(other(side)));
}

}  // namespace gantry::lftp

#include <cs/app/seal_options.h>

namespace gantry::cs {

bool wants_encrypted_files(const Arguments& arguments, Wire wire) {
    return wire == Wire::cs1 && arguments.flag("encrypt");
}

Result<SealLoader> SealLoader::find(Context& context) {
    auto services = std::make_shared<SealServices>();
    auto kdf = context.services().require<KdfService>();
    if (!kdf) return std::move(kdf).error();
    services->kdf = std::move(*kdf);
    auto aead = context.services().require<AeadService>();
    if (!aead) return std::move(aead).error();
    services->aead = std::move(*aead);
    auto digests = context.services().require<DigestService>();
    if (!digests) return std::move(digests).error();
    services->digests = std::move(*digests);
    auto files = context.services().require<KeyFileService>();
    if (!files) return std::move(files).error();
    return SealLoader(std::move(services),
                      std::make_shared<ServiceRef<KeyFileService>>(std::move(*files)),
                      context.random());
}

Result<std::shared_ptr<const SealKey>> SealLoader::load_key(const std::string& key_file) const {
    auto base = (*key_files_)->derive(key_file, SealKey::kPurpose);
    if (!base) return std::move(base).error();
    return SealKey::make(services_, std::move(*base));
}

Result<std::shared_ptr<const FileAsker>> SealLoader::load(const std::string& key_file) const {
    auto key = load_key(key_file);
    if (!key) return std::move(key).error();
    return std::make_shared<const FileAsker>(std::move(*key), *random_);
}

Result<std::shared_ptr<const ServerSeal>> SealLoader::load(
    const std::vector<std::string>& key_files) const {
    SealKeyRing ring;
    for (const auto& file : key_files) {
        auto key = load_key(file);
        if (!key) return std::move(key).error();
        ring.add(std::move(*key));
    }
    return std::make_shared<const ServerSeal>(ServerSeal{std::move(ring), *random_});
}

}  // namespace gantry::cs

#pragma once

#include <cs/net/file_asker.h>
#include <cs/net/server_seal.h>
#include <cs/net/wire.h>
#include <gantry/command/arguments.h>
#include <gantry/crypto/key_file.h>
#include <gantry/plugin/context.h>

#include <memory>
#include <string>
#include <vector>

namespace gantry::cs {

// Whether the files are to come as encrypted ones: --encrypt on the wire that has a key for it.
bool wants_encrypted_files(const Arguments& arguments, Wire wire);

// Reads key files for the encrypted file service. Thread-safe.
class SealLoader {
  public:
    // What the crypto plugin provides for it; the error says which plugin is missing.
    static Result<SealLoader> find(Context& context);
    // Both block. Errors: those of KeyFileService.
    Result<std::shared_ptr<const FileAsker>> load(const std::string& key_file) const;
    Result<std::shared_ptr<const ServerSeal>> load(const std::vector<std::string>& key_files) const;

  private:
    SealLoader(std::shared_ptr<const SealServices> services,
               std::shared_ptr<ServiceRef<KeyFileService>> key_files, Random& random)
        : services_(std::move(services)), key_files_(std::move(key_files)), random_(&random) {}
    Result<std::shared_ptr<const SealKey>> load_key(const std::string& key_file) const;

    std::shared_ptr<const SealServices> services_;
    std::shared_ptr<ServiceRef<KeyFileService>> key_files_;
    Random* random_;
};

}  // namespace gantry::cs

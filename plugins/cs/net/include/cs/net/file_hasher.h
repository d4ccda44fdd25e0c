#pragma once

#include <cs/net/file_hash.h>
#include <cs/wire/hash_messages.h>
#include <gantry/storage/file_store.h>

namespace gantry::cs {

// The blocking half of hashing a file. One thread at a time.
class FileHasher {
  public:
    // Errors: those of FileStore; usage for a folder, unsupported for what is neither, or for the
    // algorithm.
    static Result<std::unique_ptr<FileHasher>> open(FileStore& store, const HashRequest& request,
                                                    const MakeDigest& digests);
    // Reads and hashes the next limits::kHashStep bytes; once all is read, makes sure that the file
    // is still the one it was. source_changed when it is not.
    Result<void> step();

    const FileIdentity& identity() const noexcept { return identity_; }
    FileResponse response() const;
    std::uint64_t hashed() const noexcept { return hashed_; }
    bool complete() const noexcept { return value_.has_value(); }
    const Bytes& value() const { return *value_; }  // when complete()

  private:
    FileHasher(std::unique_ptr<File> file, const FileIdentity& identity, CheckAlgorithm algorithm,
               std::unique_ptr<FileHash> hash);
    Result<void> read_part();

    std::unique_ptr<File> file_;
    FileIdentity identity_;
    CheckAlgorithm algorithm_;
    std::unique_ptr<FileHash> hash_;
    Bytes part_;
    std::uint64_t hashed_ = 0;
    std::optional<Bytes> value_;
};

}  // namespace gantry::cs

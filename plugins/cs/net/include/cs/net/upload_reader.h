#pragma once

#include <cs/net/file_identity.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/file_messages.h>
#include <gantry/storage/file_store.h>

#include <memory>

namespace gantry::cs {

// The blocking half of an upload: reads a file front to back and checks it on the way. One thread
// at a time.
class UploadReader {
  public:
    // Errors: those of FileStore.
    static Result<std::unique_ptr<UploadReader>> open(std::shared_ptr<FileStore> store,
                                                      const std::string& path);
    // At most limits::kUploadStep bytes, and none when all were read. Then the file is still the
    // one it was, or else ErrorCode::source_changed.
    Result<Bytes> read_step();
    // Reads on without handing the bytes out, up to `until` or as far as one task should. What all
    // of them come to is check().
    Result<void> skip_step(std::uint64_t until);
    CheckValue check() const { return {CheckAlgorithm::crc32c, crc_.bytes()}; }
    void restart();

    std::uint64_t size() const noexcept { return identity_.size; }
    std::uint64_t position() const noexcept { return read_; }
    // What this upload is called: the same for the same file while it does not change.
    Bytes name() const { return identity_bytes(identity_); }
    bool complete() const noexcept { return complete_; }
    FileEnd end() const;  // when complete()

  private:
    UploadReader(std::shared_ptr<FileStore> store, std::unique_ptr<File> file,
                 const FileIdentity& identity)
        : store_(std::move(store)), file_(std::move(file)), identity_(identity) {}
    Result<void> read_on(ByteSpan into);
    Result<void> check_identity();

    std::shared_ptr<FileStore> store_;  // outlives its file
    std::unique_ptr<File> file_;
    FileIdentity identity_;
    Crc32c crc_;
    std::uint64_t read_ = 0;
    bool complete_ = false;
};

}  // namespace gantry::cs

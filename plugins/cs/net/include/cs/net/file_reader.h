#pragma once

#include <cs/wire/crc32c.h>
#include <cs/wire/file_messages.h>
#include <gantry/storage/file_store.h>

#include <memory>

namespace gantry::cs {

// The blocking half of sending a file. It reads ahead of what is sent, so that the loop finds the
// bytes in memory when it sends them from the file, and the check is computed on the way. One
// thread at a time.
class FileReader {
  public:
    // Opens the file and reads its first step. Null when the path names a folder. Errors: those of
    // FileStore, unsupported for what is neither file nor folder.
    static Result<std::unique_ptr<FileReader>> open(FileStore& store, const FileRequest& request);

    // Reads one step more; once all is read, makes sure that the file is still the one it was.
    // ErrorCode::source_changed when it is not.
    Result<void> read_step();

    const FileResponse& response() const noexcept { return response_; }
    std::uint64_t ready() const noexcept { return ready_; }  // bytes that may be sent
    bool complete() const noexcept { return complete_; }
    FileEnd end() const;  // when complete()
    File& file() noexcept { return *file_; }

  private:
    FileReader(std::unique_ptr<File> file, const FileIdentity& identity, CheckAlgorithm check);
    Result<void> read_until(std::uint64_t up_to);
    Result<void> check_identity();

    std::unique_ptr<File> file_;
    FileIdentity identity_;
    FileResponse response_;
    Crc32c crc_;
    std::uint64_t ready_ = 0;
    bool complete_ = false;
};

}  // namespace gantry::cs

#pragma once

#include <cs/net/local_target.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/file_messages.h>
#include <gantry/crypto/digest.h>

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace gantry::cs {

// The blocking half of storing a file: bytes go to a replacement, which takes its name only when
// the whole was checked. Destroying it before leaves nothing behind. One thread at a time.
class FileWriter {
  public:
    struct Options {
        std::function<Result<LocalPlace>()> place;  // where it will lie; asked for once
        Overwrite overwrite = Overwrite::yes;
        std::unique_ptr<Digest> digest;  // optional: what the bytes come to besides the check
    };
    FileWriter(Options options, const FileResponse& response);

    // Opens the replacement, makes folders above it, and reserves the file's room.
    Result<void> open();
    // The next bytes, front to back. Opens the first time.
    Result<void> write(std::span<const ByteView> bytes);
    // Checks the whole, then lets the file take its name. ErrorCode::integrity when it is damaged.
    Result<void> finish(const FileEnd& end);

    std::uint64_t written() const noexcept { return written_; }
    const std::string& shown() const noexcept { return shown_; }  // where it lies, for people
    std::string check_hex() const;  // of what was written; empty when there is no check
    const std::string& digest_hex() const noexcept { return digest_hex_; }  // after finish()

  private:
    Options options_;
    FileResponse response_;
    std::shared_ptr<FileStore> store_;  // outlives the replacement
    std::unique_ptr<Replacement> replacement_;
    Crc32c crc_;
    std::uint64_t written_ = 0;
    std::string shown_;
    std::string digest_hex_;
};

}  // namespace gantry::cs

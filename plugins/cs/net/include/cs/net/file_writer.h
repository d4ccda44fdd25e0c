#pragma once

#include <cs/net/kept_upload.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/file_messages.h>
#include <cs/wire/put_request.h>

#include <memory>
#include <span>

namespace gantry::cs {

// The blocking half of storing a file that comes front to back: bytes go to a replacement, which
// takes its name only when the whole was checked. Destroying it before leaves nothing behind but
// what an upload can go on with. One thread at a time.
class FileWriter {
  public:
    // Makes the folders above it, and reserves room for `size` bytes. `check`: CRC-32C or none.
    static Result<std::unique_ptr<FileWriter>> open(const LocalPlace& place, Overwrite overwrite,
                                                    std::uint64_t size, CheckAlgorithm check);
    // The same for an upload that has a name, from where it goes on. Room is looked for and not
    // reserved. Errors besides: those of KeptUpload::open().
    static Result<std::unique_ptr<FileWriter>> go_on(const LocalPlace& place, Overwrite overwrite,
                                                     const PutRequest& request);
    Result<void> write(ByteView bytes);
    // Checks the whole, then lets the file take its name. ErrorCode::integrity when it is damaged.
    Result<void> finish(const FileEnd& end);
    std::uint64_t written() const noexcept { return written_; }

  private:
    FileWriter(LocalPlace place, std::unique_ptr<Replacement> replacement, Overwrite overwrite,
               CheckAlgorithm check)
        : place_(std::move(place)),
          replacement_(std::move(replacement)),
          overwrite_(overwrite),
          check_(check) {}
    Error damaged();

    LocalPlace place_;  // its store outlives the replacement
    std::unique_ptr<Replacement> replacement_;
    KeptUpload* kept_ = nullptr;  // the same, when it is one
    Overwrite overwrite_;
    CheckAlgorithm check_;
    Crc32c crc_;
    std::uint64_t written_ = 0;
};

}  // namespace gantry::cs

#pragma once

#include <cs/net/local_target.h>
#include <cs/wire/frame_header.h>

#include <memory>
#include <optional>
#include <string>

namespace gantry::cs {

// What has come of an upload, hidden beside the file's place: the front of the file, as long as it
// is. As a Replacement, but destroying it without commit() leaves it for the next try, unless
// drop() was called or it is not worth keeping. Calls block.
class KeptUpload final : public Replacement {
  public:
    static constexpr std::uint64_t kWorthKeeping = 64 * 1024;

    // Where it lies, by what the client calls the upload; nothing where the file's name does not
    // let it be.
    static std::optional<std::string> path_of(const std::string& path, const Bytes& upload);
    // With the first `offset` bytes of what is there. ErrorCode::range when there are fewer, busy
    // when another connection has it, unsupported where nothing can be kept.
    static Result<std::unique_ptr<KeptUpload>> open(const LocalPlace& place, const Bytes& upload,
                                                    std::uint64_t offset);
    ~KeptUpload() override;

    File& file() noexcept override { return *file_; }
    // Syncs it, then gives it the name. ErrorCode::exists with Overwrite::no when that is taken.
    Result<void> commit(Overwrite overwrite, Durability durability) override;
    // It can never be completed.
    void drop() noexcept { dropped_ = true; }

  private:
    KeptUpload(LocalPlace place, std::string path, std::unique_ptr<File> file)
        : place_(std::move(place)), path_(std::move(path)), file_(std::move(file)) {}
    Result<void> claim(std::uint64_t offset);

    LocalPlace place_;
    std::string path_;
    std::unique_ptr<File> file_;
    bool claimed_ = false;
    bool committed_ = false;
    bool dropped_ = false;
};

}  // namespace gantry::cs

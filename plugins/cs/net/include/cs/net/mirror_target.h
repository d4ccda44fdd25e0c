#pragma once

#include <cs/core/mirror_plan.h>
#include <cs/net/file_hash.h>
#include <cs/net/local_target.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gantry::cs {

// The local folder of a mirror. All block; one thread at a time, but for same().
class MirrorTarget {
  public:
    MirrorTarget(OpenStore open, std::string path)
        : open_(std::move(open)), path_(std::move(path)) {}

    // What it holds; nothing when it is not there. ErrorCode::limit beyond limits::kMaxListed.
    Result<LocalTree> read();
    // Of folders that could not be read: then it is not known what is in them.
    std::uint64_t unreadable() const noexcept { return unreadable_; }

    // Whether the file here comes to `value` under the algorithm; if so it gets the time.
    Result<bool> same(const MirrorFile& file, const CheckValue& value, const MakeDigest& digests);
    // Deletes names from `from` on, at most `most`; how many went.
    Result<std::size_t> remove(const std::vector<std::string>& names, std::size_t from,
                               std::size_t most);

  private:
    OpenStore open_;
    std::string path_;
    std::shared_ptr<FileStore> store_;  // null: the folder is not there
    std::uint64_t unreadable_ = 0;
};

}  // namespace gantry::cs

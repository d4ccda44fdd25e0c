#include <crypto/core/access_toml.h>
#include <crypto/net/access_files.h>
#include <gantry/storage/file.h>
#include <gantry/storage/whole_file.h>
#include <sys/stat.h>

#include <mutex>

namespace gantry::crypto {
namespace {

WallTime to_wall(const timespec& time) {
    return WallTime(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

// Nothing when it cannot be looked at.
std::optional<FileIdentity> identity_of(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) return std::nullopt;
    return FileIdentity{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
                        to_wall(status.st_mtim), to_wall(status.st_ctim)};
}

class WatchedRules : public AccessFile {
  public:
    explicit WatchedRules(std::string path) : path_(std::move(path)) {}

    std::shared_ptr<const AccessRules> rules() const override {
        const std::lock_guard lock(mutex_);
        return rules_;
    }
    Result<bool> refresh() override {
        const std::lock_guard only_one(refreshing_);
        // Looked at before it is read: a change in between shows the next time.
        const auto now = identity_of(path_);
        if (looked_ && now == seen_) return false;
        looked_ = true;
        seen_ = now;
        auto text = read_whole_file(path_, kMaxAccessBytes);
        if (!text) return std::move(text).error();
        auto read = parse_access_toml(*text, path_);
        if (!read) return std::move(read).error();
        const std::lock_guard lock(mutex_);
        rules_ = std::make_shared<const AccessRules>(std::move(*read));
        return true;
    }

  private:
    const std::string path_;
    std::mutex refreshing_;
    bool looked_ = false;
    std::optional<FileIdentity> seen_;
    mutable std::mutex mutex_;
    std::shared_ptr<const AccessRules> rules_;
};

}  // namespace

Result<std::unique_ptr<AccessFile>> AccessFiles::open(const std::string& path) {
    auto file = std::make_unique<WatchedRules>(path);
    if (auto read = file->refresh(); !read) return std::move(read).error();
    return file;
}

}  // namespace gantry::crypto

#include <crypto/core/access_toml.h>
#include <crypto/net/access_files.h>
#include <crypto/net/text_file.h>

#include <mutex>

namespace gantry::crypto {
namespace {

class WatchedRules : public AccessFile {
  public:
    explicit WatchedRules(std::string path) : path_(std::move(path)) {}

    std::shared_ptr<const AccessRules> rules() const override {
        const std::lock_guard lock(mutex_);
        return rules_;
    }
    Result<bool> refresh() override {
        const std::lock_guard only_one(refreshing_);
        const auto now = identity_of_file(path_);
        if (looked_ && now == seen_) return false;
        looked_ = true;
        seen_ = now;
        auto file = read_text_file(path_, kMaxAccessBytes);
        if (!file) return std::move(file).error();
        seen_ = file->identity;
        auto read = parse_access_toml(file->text, path_);
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

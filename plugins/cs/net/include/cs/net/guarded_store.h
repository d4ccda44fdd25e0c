#pragma once

#include <cs/net/access_control.h>

namespace gantry::cs {

// A store as one peer may use it: each call needs the right for what it does, at its path, by the
// rules that hold at that moment (docs/protocols/crypto.md section 8). ErrorCode::denied without
// it; no_space beyond a quota.
//
// A listing leaves out what lies in folders that may not be listed. A status needs any right at
// all. A rename needs `delete` at the old path and `write` at the new one, also for all that may
// lie beneath; and it makes nothing readable that was not. Thread-safe, as a store is.
class GuardedStore final : public FileStore {
  public:
    // `store` outlives it.
    GuardedStore(FileStore& store, std::shared_ptr<AccessControl> control, std::string identity)
        : store_(store), control_(std::move(control)), identity_(std::move(identity)) {}

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override;
    Result<FileStatus> status(std::string_view path) override;
    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override;
    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override;
    Result<void> make_folders(std::string_view path) override;
    Result<void> remove(std::string_view path) override;
    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override;
    Result<ByteCount> free_space() override { return store_.free_space(); }
    Result<void> sync() override { return store_.sync(); }
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override;

  private:
    Result<void> check(AccessRight right, std::string_view path);
    Result<QuotaBook::Promise> check_rename(const std::string& from, const std::string& to);

    FileStore& store_;
    std::shared_ptr<AccessControl> control_;
    std::string identity_;
};

}  // namespace gantry::cs

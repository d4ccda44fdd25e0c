#pragma once

#include <gantry/core/registration.h>
#include <gantry/storage/folder_watch.h>

#include <memory>

namespace gantry::testing::detail {

// Another's store, as open_store() hands it out and a plugin may destroy it; or one of its own,
// with a Registration that goes together with it.
class BorrowedStore final : public FileStore {
  public:
    explicit BorrowedStore(FileStore& store) : store_(store) {}
    BorrowedStore(std::unique_ptr<FileStore> store, Registration count)
        : owned_(std::move(store)), count_(std::move(count)), store_(*owned_) {}

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override {
        return store_.open(path, mode);
    }
    Result<FileStatus> status(std::string_view path) override { return store_.status(path); }
    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override {
        return store_.list(path, recursive);
    }
    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override {
        return store_.replace(path);
    }
    Result<void> make_folders(std::string_view path) override { return store_.make_folders(path); }
    Result<void> remove(std::string_view path) override { return store_.remove(path); }
    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override {
        return store_.rename(from, to, overwrite);
    }
    Result<ByteCount> free_space() override { return store_.free_space(); }
    Result<void> sync() override { return store_.sync(); }
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override {
        return store_.watch(path, recursive);
    }

  private:
    std::unique_ptr<FileStore> owned_;
    Registration count_;
    FileStore& store_;
};

}  // namespace gantry::testing::detail

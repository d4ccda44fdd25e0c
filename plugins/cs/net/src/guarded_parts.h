#pragma once

#include <cs/net/guarded_store.h>
#include <gantry/storage/folder_watch.h>

namespace gantry::cs {

// Whether what lies in a folder may be listed, for one walk: the rules do not change meanwhile, and
// one folder's names mostly come one after the other.
class ListRight {
  public:
    ListRight(std::shared_ptr<const AccessRules> rules, std::string identity, std::string root)
        : rules_(std::move(rules)), identity_(std::move(identity)), root_(std::move(root)) {}
    // `name` is a path from the folder that is walked.
    bool shows(std::string_view name);

  private:
    std::shared_ptr<const AccessRules> rules_;
    std::string identity_;
    std::string root_;
    std::optional<std::string> folder_;  // of the last name
    bool listed_ = false;
};

class GuardedListing final : public Listing {
  public:
    GuardedListing(std::unique_ptr<Listing> inner, ListRight right)
        : inner_(std::move(inner)), right_(std::move(right)) {}
    Result<std::optional<FolderEntry>> next() override;

  private:
    std::unique_ptr<Listing> inner_;
    ListRight right_;
};

class GuardedWatch final : public FolderWatch {
  public:
    GuardedWatch(std::unique_ptr<FolderWatch> inner, ListRight right)
        : inner_(std::move(inner)), right_(std::move(right)) {}
    Result<void> wait(EventLoop& loop, Task ready) override {
        return inner_->wait(loop, std::move(ready));
    }
    Result<std::vector<FolderChange>> take(std::size_t most) override;

  private:
    std::unique_ptr<FolderWatch> inner_;
    ListRight right_;
};

// A file that grows only as far as there is room for it.
class GuardedReplacement final : public Replacement, private File {
  public:
    using MakeRoom = std::function<Result<QuotaBook::Promise>(std::uint64_t size)>;
    GuardedReplacement(std::unique_ptr<Replacement> inner, MakeRoom make_room)
        : inner_(std::move(inner)), make_room_(std::move(make_room)) {}

    File& file() noexcept override { return *this; }
    Result<void> commit(Overwrite overwrite, Durability durability) override;

  private:
    Result<void> make_room(std::uint64_t size);

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override {
        return inner_->file().read_at(offset, into);
    }
    Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override;
    Result<void> allocate(std::uint64_t size) override;
    Result<void> truncate(std::uint64_t size) override;
    Result<void> sync() override { return inner_->file().sync(); }
    Result<FileIdentity> identity() override { return inner_->file().identity(); }
    Result<void> set_modified(WallTime modified) override {
        return inner_->file().set_modified(modified);
    }
    std::optional<int> descriptor() const noexcept override { return inner_->file().descriptor(); }

    std::unique_ptr<Replacement> inner_;
    MakeRoom make_room_;
    QuotaBook::Promise promise_;
    std::uint64_t room_ = 0;
};

}  // namespace gantry::cs

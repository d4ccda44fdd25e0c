#pragma once

#include <gantry/testing/failing_store.h>

namespace gantry::testing {

// A file that fails by plan. It borrows or owns the one it passes calls on to.
class FailingFile final : public File {
  public:
    FailingFile(std::unique_ptr<File> inner, std::shared_ptr<FailurePlan> plan)
        : owned_(std::move(inner)), inner_(*owned_), plan_(std::move(plan)) {}
    FailingFile(File& inner, std::shared_ptr<FailurePlan> plan)
        : inner_(inner), plan_(std::move(plan)) {}

    Result<std::size_t> read_at(std::uint64_t offset, std::span<const ByteSpan> into) override;
    Result<void> write_at(std::uint64_t offset, std::span<const ByteView> from) override;
    Result<void> allocate(std::uint64_t size) override;
    Result<void> truncate(std::uint64_t size) override;
    Result<void> sync() override;
    Result<FileIdentity> identity() override;
    Result<void> set_modified(WallTime modified) override;
    // None, so that no system call goes round the plan.
    std::optional<int> descriptor() const noexcept override { return std::nullopt; }

  private:
    std::unique_ptr<File> owned_;
    File& inner_;
    std::shared_ptr<FailurePlan> plan_;
};

class FailingListing final : public Listing {
  public:
    FailingListing(std::unique_ptr<Listing> inner, std::shared_ptr<FailurePlan> plan)
        : inner_(std::move(inner)), plan_(std::move(plan)) {}
    Result<std::optional<FolderEntry>> next() override;

  private:
    std::unique_ptr<Listing> inner_;
    std::shared_ptr<FailurePlan> plan_;
};

class FailingFolderWatch final : public FolderWatch {
  public:
    FailingFolderWatch(std::unique_ptr<FolderWatch> inner, std::shared_ptr<FailurePlan> plan)
        : inner_(std::move(inner)), plan_(std::move(plan)) {}
    Result<void> wait(EventLoop& loop, Task ready) override {
        return inner_->wait(loop, std::move(ready));
    }
    Result<std::vector<FolderChange>> take(std::size_t most) override;

  private:
    std::unique_ptr<FolderWatch> inner_;
    std::shared_ptr<FailurePlan> plan_;
};

class FailingReplacement final : public Replacement {
  public:
    FailingReplacement(std::unique_ptr<Replacement> inner, std::shared_ptr<FailurePlan> plan)
        : inner_(std::move(inner)), plan_(plan), file_(inner_->file(), std::move(plan)) {}
    File& file() noexcept override { return file_; }
    Result<void> commit(Overwrite overwrite, Durability durability) override;

  private:
    std::unique_ptr<Replacement> inner_;
    std::shared_ptr<FailurePlan> plan_;
    FailingFile file_;
};

}  // namespace gantry::testing

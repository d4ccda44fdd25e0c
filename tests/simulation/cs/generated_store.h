#pragma once

#include <gantry/storage/file_store.h>
#include <gantry/storage/folder_watch.h>

#include <functional>

namespace gantry::cs::testing {

// A store whose root holds `count` files that nobody keeps: their names are made as they are told.
class GeneratedStore final : public FileStore {
  public:
    // `told` is called for each name.
    GeneratedStore(std::uint64_t count, std::function<void()> told)
        : count_(count), told_(std::move(told)) {}

    Result<FileStatus> status(std::string_view) override {
        return FileStatus{FileType::folder, {}, 0755};
    }
    Result<std::unique_ptr<Listing>> list(std::string_view, bool) override {
        return std::make_unique<Names>(*this);
    }
    Result<std::unique_ptr<File>> open(std::string_view, OpenMode) override { return none(); }
    Result<std::unique_ptr<Replacement>> replace(std::string_view) override { return none(); }
    Result<void> make_folders(std::string_view) override { return none(); }
    Result<void> remove(std::string_view) override { return none(); }
    Result<void> rename(std::string_view, std::string_view, Overwrite) override { return none(); }
    Result<ByteCount> free_space() override { return ByteCount(0); }
    Result<void> sync() override { return {}; }
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view, bool) override { return none(); }

  private:
    class Names final : public Listing {
      public:
        explicit Names(GeneratedStore& store) : store_(store) {}
        // In no order: the multiplier is a prime.
        Result<std::optional<FolderEntry>> next() override {
            if (next_ == store_.count_) return std::optional<FolderEntry>();
            store_.told_();
            const auto number = next_++ * 15'485'863 % store_.count_;
            return std::optional(
                FolderEntry{"file-" + std::to_string(number), {FileType::regular, {}, 0644}});
        }

      private:
        GeneratedStore& store_;
        std::uint64_t next_ = 0;
    };
    static Error none() { return make_error(ErrorCode::unsupported, "test", "names alone"); }

    std::uint64_t count_;
    std::function<void()> told_;
};

}  // namespace gantry::cs::testing

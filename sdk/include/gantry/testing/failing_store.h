#pragma once

#include <gantry/core/error.h>
#include <gantry/storage/folder_watch.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace gantry::testing {

// Every call of a FileStore and of what it hands out that can fail.
enum class StoreOperation : std::uint8_t {
    open,
    status,
    list,
    next,  // of a listing
    replace,
    make_folders,
    remove,
    rename,
    free_space,
    read,
    write,
    allocate,
    truncate,
    sync,  // of a file
    sync_store,
    identity,
    commit,
    set_modified,
    watch,
    take,  // of a watch
};
inline constexpr std::size_t kStoreOperations = 20;

// What shall fail, and a count of what was called. Thread-safe; shared by a FailingStore and all it
// hands out. With nothing planned, every call goes through.
class FailurePlan {
  public:
    static constexpr std::uint64_t kForever = ~std::uint64_t{0};

    FailurePlan();
    FailurePlan(const FailurePlan&) = delete;
    FailurePlan& operator=(const FailurePlan&) = delete;
    ~FailurePlan();

    // The `nth` call of that kind from now (1: the next one) and those after it, `times` in all,
    // answer `error` and do nothing. Replaces what was planned for that kind.
    void fail(StoreOperation operation, std::uint64_t nth, Error error, std::uint64_t times = 1);
    // Files end after `size` bytes for reads, as if cut short behind the reader's back.
    void end_reads_at(std::uint64_t size);
    // The disk is full after `bytes` more bytes of writes, over all files: the part that fits is
    // written, then no_space. allocate() too answers no_space for more than that.
    void fill_disk_after(std::uint64_t bytes);
    void clear();  // plans nothing; the counts stay

    std::uint64_t calls(StoreOperation operation) const;

    // For FailingStore: counts a call and tells whether it fails.
    Result<void> enter(StoreOperation operation);
    std::uint64_t readable_end() const;
    std::uint64_t room() const;
    std::uint64_t take_room(std::uint64_t bytes);  // how much of it there is

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// Passes every call on to another store, unless the plan says that it fails. As thread-safe as that
// store.
class FailingStore final : public FileStore {
  public:
    explicit FailingStore(std::unique_ptr<FileStore> inner);
    ~FailingStore() override;

    // Lives as long as anything this store handed out.
    FailurePlan& plan() noexcept { return *plan_; }

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override;
    Result<FileStatus> status(std::string_view path) override;
    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override;
    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override;
    Result<void> make_folders(std::string_view path) override;
    Result<void> remove(std::string_view path) override;
    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override;
    Result<ByteCount> free_space() override;
    Result<void> sync() override;
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override;

  private:
    std::unique_ptr<FileStore> inner_;
    std::shared_ptr<FailurePlan> plan_;
};

}  // namespace gantry::testing

#pragma once

#include <gantry/storage/folder_watch.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

namespace memory {
class Tree;
struct Node;
}  // namespace memory

// A FileStore that holds its files in memory and behaves as the real one does: the same rules for
// paths and links, the same errors. Times are a count of the changes made so far, in nanoseconds,
// so a run repeats itself. Listings go by name. Thread-safe. What it hands out may outlive it.
//
// The hooks below serve a test's preparation and its checks. Where one is given a path that does
// not fit (a missing file, a folder in the way), it throws std::runtime_error.
class MemoryStore final : public FileStore {
  public:
    static constexpr std::uint64_t kNoLimit = std::numeric_limits<std::uint64_t>::max();

    // Room for `capacity` bytes of content, over all files, replacements in progress and files that
    // were removed while open; then no_space.
    explicit MemoryStore(std::uint64_t capacity = kNoLimit);
    ~MemoryStore() override;

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override;
    Result<FileStatus> status(std::string_view path) override;
    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override;
    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override;
    Result<void> make_folders(std::string_view path) override;
    Result<void> remove(std::string_view path) override;
    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override;
    Result<ByteCount> free_space() override;
    Result<void> sync() override { return {}; }
    // `changed` tells of permissions never, and of a file while it is written.
    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override;

    // A store on a folder of this one, which becomes its root. Both see each other's changes.
    std::unique_ptr<MemoryStore> store_at(std::string_view folder);
    // Puts a file, with the folders above it, in place of any other file.
    void write_file(std::string_view path, std::string_view content);
    std::string read_file(std::string_view path) const;
    bool contains(std::string_view path) const;  // anything; a final link is not followed
    void plant_link(std::string_view path, std::string_view target);
    void plant_special(std::string_view path);  // what a device or a pipe is on a real disk
    // Takes away, or gives back, the right to read a file or list a folder.
    void set_readable(std::string_view path, bool readable);
    // All paths, sorted, with the hidden ones of replacements in progress.
    std::vector<std::string> all_names() const;
    std::uint64_t used() const;
    // What was not taken from a watch by now is lost to it, which it tells as overflow.
    void overflow_watches();

  private:
    MemoryStore(std::shared_ptr<memory::Tree> tree, std::shared_ptr<memory::Node> root);

    std::shared_ptr<memory::Tree> tree_;
    std::shared_ptr<memory::Node> root_;
};

}  // namespace gantry::testing

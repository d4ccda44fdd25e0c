#pragma once

#include <gantry/access/access_rules.h>
#include <gantry/core/clock.h>
#include <gantry/storage/file_store.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace gantry::cs {

// How many bytes lie beneath the folders that have a quota, and how many are promised to files that
// are being written. A folder is walked when it is first asked for, when what is known of it has
// grown old, and before a write is refused. Thread-safe; its calls block.
class QuotaBook {
    struct Folder;

  public:
    static constexpr Duration kOld = std::chrono::seconds(30);
    static constexpr Duration kFresh = std::chrono::seconds(1);  // not walked again to refuse

    // Room for one file. Dropping it gives the room back; keep() says that the file is there now.
    class Promise {
      public:
        Promise() = default;
        Promise(Promise&&) noexcept = default;
        Promise& operator=(Promise&& other) noexcept;
        ~Promise() { drop(); }
        void keep();
        bool active() const noexcept { return folder_ != nullptr; }

      private:
        friend class QuotaBook;
        void drop();

        std::shared_ptr<Folder> folder_;
        std::uint64_t size_ = 0;
        std::uint64_t replaced_ = 0;
    };

    explicit QuotaBook(const Clock& clock) : clock_(clock) {}
    // For `size` bytes at `path`, which take the place of a file that is there. Empty where no
    // quota holds. ErrorCode::no_space beyond it, denied; those of the store.
    Result<Promise> promise(FileStore& store, const AccessRules& rules, std::string_view identity,
                            const std::string& path, std::uint64_t size);
    // Something beneath went away or moved: what is known of the folders around it is old.
    void forget(std::string_view path);

  private:
    struct Folder {
        std::mutex mutex;
        bool known = false;
        TimePoint measured{};
        std::uint64_t stored = 0;
        std::uint64_t promised = 0;
    };
    std::shared_ptr<Folder> find(const std::string& name);
    Result<void> measure(FileStore& store, const std::string& name, Folder& folder) const;

    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<Folder>> folders_;  // as many as the rules name
};

// Bytes of the regular files beneath a folder, or of one file; 0 when nothing is there. Blocks.
Result<std::uint64_t> bytes_beneath(FileStore& store, const std::string& path);

}  // namespace gantry::cs

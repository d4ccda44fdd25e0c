#pragma once

#include <gantry/storage/file_store.h>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gantry::cs {

// Opens a store on a local folder, making it when asked to: Context::open_store.
using OpenStore =
    std::function<Result<std::unique_ptr<FileStore>>(const std::string& folder, bool make)>;

// A place for a file: a store, and a path in it.
struct LocalPlace {
    std::shared_ptr<FileStore> store;
    std::string path;
    std::string shown;  // for people
};

// ErrorCode::integrity: it arrived, and its check does not fit.
Error damaged_file(std::string shown);

// Makes the folders above it. Blocking.
Result<void> make_folders_above(const LocalPlace& place);
// A new content for it, with room for `size` bytes unless they are few. Errors name the place as
// people know it. Blocking.
Result<std::unique_ptr<Replacement>> replace_at(const LocalPlace& place, std::uint64_t size);

// Where a download goes. It touches the disk only when the first file is placed, so that a download
// that fails before leaves no folder behind. Calls block. Thread-safe.
class LocalTarget {
  public:
    enum class Kind : std::uint8_t {
        file,            // the path is the file's own name; folders above it are made
        file_or_folder,  // a folder when one of that name is there, else as `file`
        folder,          // a folder, made when it is missing
    };
    LocalTarget(OpenStore open, std::string path, Kind kind);

    // `name` is the file's path below the folder. ErrorCode::usage or denied for a name that could
    // lead out of it: names come from the server. For what is not Kind::folder it is one
    // component.
    Result<LocalPlace> place(std::string_view name);
    // The same without making anything: ErrorCode::not_found while there is no such folder.
    Result<LocalPlace> find(std::string_view name);
    // `name` "" is the folder itself.
    Result<void> make_folders(const std::vector<std::string>& names);
    // What came is on the device when it returns.
    Result<void> sync();
    const std::string& path() const noexcept { return path_; }

  private:
    Result<LocalPlace> locate(std::string_view name, bool make);
    Result<void> open(bool make);
    Result<void> open_parent(bool make);

    OpenStore open_;
    std::string path_;
    Kind kind_;
    std::mutex mutex_;
    std::shared_ptr<FileStore> store_;
    std::optional<std::string> file_name_;  // when path_ is the file's own name
};

}  // namespace gantry::cs

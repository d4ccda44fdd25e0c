#pragma once

#include <gantry/storage/file.h>
#include <gantry/storage/path.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry {

enum class FileType : std::uint8_t { regular, folder, symlink, other };

struct FileStatus {
    FileType type = FileType::other;
    FileIdentity identity;
    std::uint32_t permissions = 0;  // the lower 9 bits of the mode
};

struct FolderEntry {
    std::string name;  // one component, or a path from the listed folder when recursive
    FileStatus status;
};

// Walks a folder in steps; holds one step in memory, so a folder of any size lists in bounded
// memory. Names within one folder come in the order the system gives. The folder may change while
// it is walked. A symbolic link is listed as a link and never followed.
class Listing {
  public:
    virtual ~Listing() = default;
    // The next entry, or nothing at the end. An entry that went away meanwhile is skipped; a folder
    // that may not be read is an error for that folder, after which next() goes on with the rest.
    virtual Result<std::optional<FolderEntry>> next() = 0;
};

enum class Overwrite : std::uint8_t { no, yes };
// When a new content survives a loss of power: once it has its name, or once FileStore::sync() has
// returned, which is far quicker for many files.
enum class Durability : std::uint8_t { now, later };
enum class OpenMode : std::uint8_t { read, read_write, create };  // create: new, or exists

// A new content for a path, invisible under the path's name until commit(). Destroying it without
// commit() removes it. Blocking, as File.
class Replacement {
  public:
    virtual ~Replacement() = default;
    virtual File& file() noexcept = 0;
    // Takes the name in one step: readers see the old content or the new, never a part.
    // ErrorCode::exists with Overwrite::no when the name is taken.
    virtual Result<void> commit(Overwrite overwrite, Durability durability) = 0;
};

class FolderWatch;  // gantry/storage/folder_watch.h

// Files beneath one folder, the root. No path leads out of it: not by "..", not from "/", not by a
// symbolic link, whoever planted it. Paths are relative, '/'-separated bytes; "" and "." are the
// root.
//
// A symbolic link on the way is followed while it stays inside and its text is relative.
//
// ErrorCode::denied: a path that leaves the root, a link that may not be followed, or the system
// says so. ErrorCode::usage: NUL in it, a component over 255 bytes, or a path over kMaxPath.
// not_found: it, or a folder above it, is missing. Calls block, as File's do. Thread-safe.
class FileStore {
  public:
    static constexpr std::size_t kMaxPath = 4095;
    static constexpr std::size_t kMaxComponent = 255;
    static constexpr std::size_t kMaxDepth = 128;  // of a recursive listing

    virtual ~FileStore() = default;
    // Regular files only: usage for a folder, unsupported for a pipe, socket or device.
    virtual Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) = 0;
    // A final symbolic link is not followed.
    virtual Result<FileStatus> status(std::string_view path) = 0;
    // usage: it is not a folder.
    virtual Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) = 0;
    // A final link is itself replaced, not what it points to. usage: a folder has that name.
    virtual Result<std::unique_ptr<Replacement>> replace(std::string_view path) = 0;
    // Makes the folder and those above it; fine when they are there. exists: something else is.
    virtual Result<void> make_folders(std::string_view path) = 0;
    // A file, a link or an empty folder. exists: the folder is not empty. denied: it is the root.
    virtual Result<void> remove(std::string_view path) = 0;
    // In one step, within one file system. With Overwrite::yes a file takes the place of a file, a
    // folder that of an empty folder; else exists. usage: a folder would move into itself.
    virtual Result<void> rename(std::string_view from, std::string_view to,
                                Overwrite overwrite) = 0;
    virtual Result<ByteCount> free_space() = 0;
    // All that was committed with Durability::later on the root's file system is on the device when
    // it returns, as is what others wrote there.
    virtual Result<void> sync() = 0;
    // What changes in a folder from now on, and with `recursive` in all below it. Blocks while it
    // looks at those. limit: there are more than FolderWatch::kMaxFolders, or the system has no
    // more room for watches. unsupported: this store cannot.
    virtual Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) = 0;
};

}  // namespace gantry

#include "folder_listing.h"

#include "file_status.h"
#include "storage_error.h"

#include <gantry/storage/part_name.h>

#include <fcntl.h>

#include <cerrno>

namespace gantry::host::storage {
namespace {

bool is_hidden(std::string_view name) { return name == "." || name == ".." || is_part_name(name); }

// What a folder is said to be that went away, or became something else, while it was listed.
bool went_away(int problem) { return problem == ENOENT || problem == ENOTDIR || problem == ELOOP; }

}  // namespace

Result<std::unique_ptr<Listing>> FolderListing::start(Descriptor folder, std::string path,
                                                      bool recursive) {
    auto listing = std::make_unique<FolderListing>(recursive, std::move(path));
    if (auto entered = listing->enter(std::move(folder), {}); !entered)
        return std::move(entered).error();
    return listing;
}

FolderListing::FolderListing(bool recursive, std::string path)
    : recursive_(recursive), path_(std::move(path)) {}

FolderListing::~FolderListing() = default;

std::string FolderListing::whole(std::string_view name) const {
    if (path_.empty()) return std::string(name);
    return name.empty() ? path_ : path_ + '/' + std::string(name);
}

Result<void> FolderListing::enter(Descriptor folder, std::string prefix) {
    DIR* stream = ::fdopendir(folder.get());
    if (stream == nullptr) return storage_error(errno, whole(prefix));
    (void)folder.release();
    levels_.push_back({{stream, &::closedir}, std::move(prefix)});
    return {};
}

// Goes down into the folder that next() told last.
Result<void> FolderListing::enter_pending() {
    const std::string name = std::exchange(pending_, {});
    const Level& level = levels_.back();
    std::string prefix = level.prefix + name;
    if (levels_.size() >= FileStore::kMaxDepth)
        return make_error(ErrorCode::limit, "storage", "the folders are nested too deep",
                          whole(prefix));
    Descriptor folder(::openat(::dirfd(level.folder.get()), name.c_str(),
                               O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder) {
        if (went_away(errno)) return {};
        return storage_error(errno, whole(prefix));
    }
    return enter(std::move(folder), std::move(prefix) + '/');
}

Result<std::optional<FolderEntry>> FolderListing::next() {
    if (!pending_.empty())
        if (auto entered = enter_pending(); !entered) return std::move(entered).error();
    while (!levels_.empty()) {
        auto entry = read_entry(levels_.back());
        if (!entry || *entry) return entry;
    }
    return std::optional<FolderEntry>();
}

// Nothing when an entry is to be skipped, or the level is at its end and was left.
Result<std::optional<FolderEntry>> FolderListing::read_entry(Level& level) {
    errno = 0;
    const dirent* found = ::readdir(level.folder.get());
    if (found != nullptr) return accept(level, found->d_name);
    const int problem = errno;
    const std::string prefix = level.prefix;
    levels_.pop_back();
    if (problem != 0) return storage_error(problem, whole(prefix));
    return std::optional<FolderEntry>();
}

Result<std::optional<FolderEntry>> FolderListing::accept(const Level& level,
                                                         std::string_view name) {
    std::optional<FolderEntry> entry;
    if (is_hidden(name)) return entry;
    struct stat status {};
    const std::string text(name);
    std::string from_here = level.prefix + text;
    const int outcome =
        ::fstatat(::dirfd(level.folder.get()), text.c_str(), &status, AT_SYMLINK_NOFOLLOW);
    if (outcome != 0) {
        if (errno == ENOENT) return entry;
        return storage_error(errno, whole(from_here));
    }
    if (from_here.size() > FileStore::kMaxPath)
        return make_error(ErrorCode::limit, "storage", "the path is longer than 4095 bytes", text);
    if (recursive_ && S_ISDIR(status.st_mode)) pending_ = text;
    entry = FolderEntry{std::move(from_here), status_of(status)};
    return entry;
}

}  // namespace gantry::host::storage

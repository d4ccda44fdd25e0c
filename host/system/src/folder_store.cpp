#include <host/system/folder_store.h>

#include "storage/file_status.h"
#include "storage/folder_listing.h"
#include "storage/folder_replacement.h"
#include "storage/inotify_watch.h"
#include "storage/rename.h"
#include "storage/root.h"
#include "storage/storage_error.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>

namespace gantry::host {
namespace {

using namespace storage;

constexpr mode_t kFileMode = 0666;  // both less the process's umask
constexpr mode_t kFolderMode = 0777;
// O_NONBLOCK: opening a pipe or a device must not wait for anyone. It is taken off again from the
// regular files that pass the check.
constexpr int kOpenFlags = O_NONBLOCK | O_NOCTTY;

Error wrong_kind(mode_t mode, std::string_view path) {
    return storage_error(S_ISDIR(mode) ? EISDIR : ENXIO, path);
}

class FolderStore final : public FileStore {
  public:
    explicit FolderStore(Root root) : root_(std::make_shared<const Root>(std::move(root))) {}

    Result<std::unique_ptr<File>> open(std::string_view path, OpenMode mode) override {
        return mode == OpenMode::create ? create(path) : open_existing(path, mode);
    }

    Result<FileStatus> status(std::string_view path) override {
        auto opened = root_->open(path, O_PATH | O_NOFOLLOW);
        if (!opened) return std::move(opened).error();
        struct stat status {};
        if (::fstat(opened->get(), &status) != 0) return storage_error(errno, path);
        return status_of(status);
    }

    Result<std::unique_ptr<Listing>> list(std::string_view path, bool recursive) override {
        auto folder = root_->open(path, O_PATH);
        if (!folder) return std::move(folder).error();
        Descriptor readable(::openat(folder->get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!readable && errno == ENOTDIR)
            return make_error(ErrorCode::usage, "storage", "it is not a folder", std::string(path));
        if (!readable) return storage_error(errno, path);
        return FolderListing::start(std::move(readable), *normalize_path(path), recursive);
    }

    Result<std::unique_ptr<Replacement>> replace(std::string_view path) override {
        auto place = root_->place_of(path);
        if (!place) return std::move(place).error();
        struct stat status {};
        const int there =
            ::fstatat(place->folder->get(), place->name.c_str(), &status, AT_SYMLINK_NOFOLLOW);
        if (there == 0 && S_ISDIR(status.st_mode)) return storage_error(EISDIR, place->path);
        return FolderReplacement::start(*std::move(place));
    }

    Result<void> make_folders(std::string_view path) override {
        auto clean = normalize_path(path);
        if (!clean) return std::move(clean).error();
        for (std::size_t end = 0; end != std::string::npos && !clean->empty();) {
            end = clean->find('/', end + 1);
            if (auto made = make_folder(clean->substr(0, end)); !made) return made;
        }
        return {};
    }

    Result<void> remove(std::string_view path) override {
        auto place = root_->place_of(path);
        if (!place) return std::move(place).error();
        const int folder = place->folder->get();
        const char* name = place->name.c_str();
        if (::unlinkat(folder, name, 0) == 0) return {};
        // Linux says EISDIR of a folder, POSIX EPERM.
        const bool try_folder = errno == EISDIR || errno == EPERM;
        const int problem = errno;
        if (try_folder && ::unlinkat(folder, name, AT_REMOVEDIR) == 0) return {};
        const bool was_folder = try_folder && errno != ENOTDIR;
        return storage_error(was_folder ? errno : problem, place->path);
    }

    Result<void> rename(std::string_view from, std::string_view to, Overwrite overwrite) override {
        auto source = root_->place_of(from);
        if (!source) return std::move(source).error();
        auto target = root_->place_of(to);
        if (!target) return std::move(target).error();
        return rename_place(*source, *target, overwrite);
    }

    Result<ByteCount> free_space() override {
        struct statvfs system {};
        if (::fstatvfs(root_->descriptor(), &system) != 0) return storage_error(errno, {});
        return ByteCount(std::uint64_t{system.f_bavail} * system.f_frsize);
    }

    Result<void> sync() override {
        const Descriptor folder(
            ::openat(root_->descriptor(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        if (!folder || ::syncfs(folder.get()) != 0) return storage_error(errno, {});
        return {};
    }

    Result<std::unique_ptr<FolderWatch>> watch(std::string_view path, bool recursive) override {
        auto clean = normalize_path(path);
        if (!clean) return std::move(clean).error();
        if (auto folder = list(path, false); !folder) return std::move(folder).error();
        return InotifyWatch::start(root_, *std::move(clean), recursive);
    }

  private:
    Result<std::unique_ptr<File>> open_existing(std::string_view path, OpenMode mode) {
        const bool writable = mode == OpenMode::read_write;
        auto opened = root_->open(path, kOpenFlags | (writable ? O_RDWR : O_RDONLY));
        if (!opened) return std::move(opened).error();
        struct stat status {};
        if (::fstat(opened->get(), &status) != 0) return storage_error(errno, path);
        if (!S_ISREG(status.st_mode)) return wrong_kind(status.st_mode, path);
        ::fcntl(opened->get(), F_SETFL, 0);
        return std::make_unique<FolderFile>(*std::move(opened), writable, *normalize_path(path));
    }

    Result<std::unique_ptr<File>> create(std::string_view path) {
        auto place = root_->place_of(path);
        if (!place) return std::move(place).error();
        Descriptor file(::openat(place->folder->get(), place->name.c_str(),
                                 O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, kFileMode));
        if (!file) return storage_error(errno, place->path);
        return std::make_unique<FolderFile>(std::move(file), true, std::move(place->path));
    }

    Result<void> make_folder(const std::string& path) {
        auto there = root_->open(path, O_PATH | O_DIRECTORY);
        if (there) return {};
        if (there.error().code != ErrorCode::not_found) return std::move(there).error();
        auto place = root_->place_of(path);
        if (!place) return std::move(place).error();
        if (::mkdirat(place->folder->get(), place->name.c_str(), kFolderMode) == 0) return {};
        if (errno != EEXIST) return storage_error(errno, path);
        // Another made it meanwhile, or something else has the name.
        if (root_->open(path, O_PATH | O_DIRECTORY)) return {};
        return make_error(ErrorCode::exists, "storage", "it exists and is not a folder", path);
    }

    std::shared_ptr<const Root> root_;  // shared with the watches
};

Error root_error(int problem, const std::filesystem::path& root) {
    if (problem == ENOTDIR)
        return make_error(ErrorCode::usage, "storage", "it is not a folder", root);
    return storage_error(problem, root.native());
}

}  // namespace

Result<std::unique_ptr<FileStore>> open_folder_store(const std::filesystem::path& root, bool make,
                                                     PathResolution resolution) {
    if (make) {
        std::error_code problem;
        std::filesystem::create_directories(root, problem);
        if (problem) return root_error(problem.value(), root);
    }
    Descriptor folder(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return root_error(errno, root);
    return std::make_unique<FolderStore>(Root(std::move(folder), resolution));
}

}  // namespace gantry::host

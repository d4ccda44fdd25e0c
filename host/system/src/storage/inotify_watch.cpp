#include "inotify_watch.h"

#include "file_status.h"
#include "storage_error.h"

#include <gantry/storage/part_name.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/inotify.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace gantry::host::storage {
namespace {

constexpr std::uint32_t kMask = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE |
                                IN_MOVED_FROM | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kCame = IN_CREATE | IN_MOVED_TO;
constexpr std::uint32_t kWent = IN_DELETE | IN_MOVED_FROM;
constexpr std::size_t kReadBuffer = 16 * 1024;
constexpr std::size_t kMaxPending = 4096;  // changes; more are an overflow

Error no_room(const std::string& path) {
    return make_error(ErrorCode::limit, "storage",
                      "there are more folders than can be watched at once", path);
}

std::string join(const std::string& folder, std::string_view name) {
    return folder.empty() ? std::string(name) : (folder + '/').append(name);
}

bool is_below(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

bool went(const Error& error) {
    return error.code == ErrorCode::not_found || error.code == ErrorCode::usage ||
           error.code == ErrorCode::denied;
}

}  // namespace

Result<std::unique_ptr<FolderWatch>> InotifyWatch::start(std::shared_ptr<const Root> root,
                                                         std::string path, bool recursive) {
    Descriptor inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!inotify && errno == EMFILE) return no_room(path);
    if (!inotify) return storage_error(errno, path);
    auto watch =
        std::make_unique<InotifyWatch>(std::move(root), path, recursive, std::move(inotify));
    auto added = recursive ? watch->add_tree("", Tell::no) : watch->add_folder("");
    if (!added) return std::move(added).error();
    if (watch->folders_.empty())
        return make_error(ErrorCode::not_found, "storage", "it does not exist", path);
    return watch;
}

InotifyWatch::InotifyWatch(std::shared_ptr<const Root> root, std::string path, bool recursive,
                           Descriptor inotify)
    : root_(std::move(root)),
      path_(std::move(path)),
      recursive_(recursive),
      inotify_(std::move(inotify)) {}

std::string InotifyWatch::whole(const std::string& name) const {
    return path_.empty() ? name : name.empty() ? path_ : path_ + '/' + name;
}

std::optional<FileStatus> InotifyWatch::status(const std::string& name) const {
    auto opened = root_->open(whole(name), O_PATH | O_NOFOLLOW);
    struct stat status {};
    if (!opened || ::fstat(opened->get(), &status) != 0) return std::nullopt;
    return status_of(status);
}

// The kernel takes a path alone; this one names the folder that is open, whatever it is called.
Result<void> InotifyWatch::add_folder(const std::string& folder) {
    const int follow = folder.empty() ? 0 : O_NOFOLLOW;
    auto opened = root_->open(whole(folder), O_PATH | O_DIRECTORY | follow);
    if (!opened) return std::move(opened).error();
    const auto path = "/proc/self/fd/" + std::to_string(opened->get());
    const int number = ::inotify_add_watch(inotify_.get(), path.c_str(), kMask);
    if (number < 0 && errno == ENOSPC) return no_room(whole(folder));
    if (number < 0) return storage_error(errno, whole(folder));
    folders_[number] = folder;
    return {};
}

// A folder that went away meanwhile is none; one that may not be read is left out.
Result<void> InotifyWatch::add_tree(std::string folder, Tell tell) {
    std::vector<std::string> left{std::move(folder)};
    while (!left.empty()) {
        const auto next = std::move(left.back());
        left.pop_back();
        if (folders_.size() >= kMaxFolders) return no_room(whole(next));
        auto added = add_folder(next);
        if (!added && (next.empty() || !went(added.error()))) return added;
        if (!added || !recursive_) continue;
        auto inner = look_into(next, tell);
        if (!inner && !went(inner.error())) return std::move(inner).error();
        if (inner) left.insert(left.end(), inner->begin(), inner->end());
    }
    return {};
}

// The folders in it; with Tell::yes all that is in it is told.
Result<std::vector<std::string>> InotifyWatch::look_into(const std::string& folder, Tell tell) {
    auto opened = root_->open(whole(folder), O_RDONLY | O_DIRECTORY);
    if (!opened) return std::move(opened).error();
    std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(opened->get()), &::closedir);
    if (!stream) return storage_error(errno, whole(folder));
    (void)opened->release();
    std::vector<std::string> folders;
    while (const dirent* entry = ::readdir(stream.get())) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == ".." || is_part_name(name)) continue;
        const bool plain = entry->d_type == DT_REG && tell == Tell::no;
        const auto found = plain ? std::nullopt : status(join(folder, name));
        if (!found) continue;
        if (found->type == FileType::folder) folders.push_back(join(folder, name));
        if (tell == Tell::yes) push(ChangeKind::created, join(folder, name), *found);
    }
    return folders;
}

void InotifyWatch::forget_tree(const std::string& folder) {
    for (auto i = folders_.begin(); i != folders_.end();) {
        const bool gone = i->second == folder || is_below(i->second, folder);
        if (gone) ::inotify_rm_watch(inotify_.get(), i->first);
        i = gone ? folders_.erase(i) : std::next(i);
    }
}

void InotifyWatch::push(ChangeKind kind, std::string name, const FileStatus& status) {
    if (pending_.size() >= kMaxPending) {
        pending_.clear();
        pending_.push_back({ChangeKind::overflow, {}, {}});
        return;
    }
    if (!pending_.empty() && pending_.back().kind == kind && pending_.back().name == name)
        pending_.back().status = status;
    else
        pending_.push_back({kind, std::move(name), status});
}

Result<void> InotifyWatch::wait(EventLoop& loop, Task ready) {
    if (!pending_.empty()) {
        loop.post(std::move(ready));
        return {};
    }
    auto armed = loop.watch(inotify_.get(), Interest::read,
                            [this, ready = std::move(ready)](Readiness) mutable {
                                // From `ready` on another thread may destroy this.
                                auto tell = std::move(ready);
                                armed_.reset();
                                (void)tell();
                            });
    if (!armed) return std::move(armed).error();
    armed_ = std::move(*armed);
    return {};
}

Result<std::vector<FolderChange>> InotifyWatch::take(std::size_t most) {
    if (pending_.empty())
        if (auto read = read_events(); !read) return std::move(read).error();
    std::vector<FolderChange> changes;
    while (!pending_.empty() && changes.size() < most) {
        changes.push_back(std::move(pending_.front()));
        pending_.pop_front();
    }
    return changes;
}

Result<void> InotifyWatch::read_events() {
    alignas(inotify_event) std::array<char, kReadBuffer> buffer;
    const ssize_t size = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return {};
    if (size < 0) return storage_error(errno, path_);
    for (std::size_t at = 0; at < static_cast<std::size_t>(size);) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        const auto* whole_event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
        if (auto taken = take_event(*whole_event); !taken) return taken;
        at += sizeof event + event.len;
    }
    return {};
}

Result<void> InotifyWatch::take_event(const inotify_event& event) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) return overflowed();
    const auto found = folders_.find(event.wd);
    if (found == folders_.end()) return {};
    const bool itself = (event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0;
    if (itself && found->second.empty())
        return make_error(ErrorCode::not_found, "storage", "the watched folder has gone", path_);
    if ((event.mask & IN_IGNORED) != 0) folders_.erase(found);
    if (itself || (event.mask & IN_IGNORED) != 0 || event.len == 0) return {};
    const std::string_view name = event.name;
    if (is_part_name(name)) return {};
    const auto path = join(found->second, name);
    if ((event.mask & kWent) == 0) return came(path, event.mask);
    if ((event.mask & IN_ISDIR) != 0) forget_tree(path);
    push(ChangeKind::removed, path);
    return {};
}

// Something is there anew, or is other than it was.
Result<void> InotifyWatch::came(const std::string& name, std::uint32_t mask) {
    const auto now = status(name);
    if (!now) return {};  // and has gone again, which is told next
    const bool created = (mask & kCame) != 0;
    push(created ? ChangeKind::created : ChangeKind::changed, name, *now);
    if (!created || !recursive_ || now->type != FileType::folder) return {};
    return add_tree(name, Tell::yes);
}

// Folders may have come unseen.
Result<void> InotifyWatch::overflowed() {
    pending_.clear();
    push(ChangeKind::overflow, {});
    return recursive_ ? add_tree("", Tell::no) : Result<void>();
}

}  // namespace gantry::host::storage

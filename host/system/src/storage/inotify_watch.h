#pragma once

#include "root.h"

#include <gantry/storage/folder_watch.h>

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>

struct inotify_event;

namespace gantry::host::storage {

// A FolderWatch by inotify(7), which holds one watch for each folder. The kernel keeps what was not
// read, in room of its own that is bounded (fs.inotify.max_queued_events).
class InotifyWatch final : public FolderWatch {
  public:
    // `path` has passed normalize_path().
    static Result<std::unique_ptr<FolderWatch>> start(std::shared_ptr<const Root> root,
                                                      std::string path, bool recursive);
    InotifyWatch(std::shared_ptr<const Root> root, std::string path, bool recursive,
                 Descriptor inotify);

    Result<void> wait(EventLoop& loop, Task ready) override;
    Result<std::vector<FolderChange>> take(std::size_t most) override;

  private:
    enum class Tell : bool { no, yes };
    Result<void> add_folder(const std::string& folder);
    Result<void> add_tree(std::string folder, Tell tell);
    Result<std::vector<std::string>> look_into(const std::string& folder, Tell tell);
    void forget_tree(const std::string& folder);
    Result<void> read_events();
    Result<void> take_event(const inotify_event& event);
    Result<void> came(const std::string& name, std::uint32_t mask);
    Result<void> overflowed();
    void push(ChangeKind kind, std::string name, const FileStatus& status = {});
    std::optional<FileStatus> status(const std::string& name) const;
    std::string whole(const std::string& name) const;

    std::shared_ptr<const Root> root_;
    std::string path_;
    bool recursive_;
    Descriptor inotify_;
    std::map<int, std::string> folders_;  // by watch; "" is the watched folder itself
    std::deque<FolderChange> pending_;    // read and not taken
    std::unique_ptr<Watch> armed_;
};

}  // namespace gantry::host::storage

#pragma once

#include <gantry/net/event_loop.h>
#include <gantry/storage/file_store.h>

#include <string>
#include <vector>

namespace gantry {

enum class ChangeKind : std::uint8_t {
    created,   // or another file took the name
    changed,   // who wrote it closed it, or its times or permissions were set
    removed,   // or it was moved to elsewhere
    overflow,  // there were more changes than are kept: look at the folder anew
};

struct FolderChange {
    ChangeKind kind = ChangeKind::changed;
    std::string name;   // from the watched folder; empty with overflow
    FileStatus status;  // of what was created or changed, as it was when it was told
};

// Tells what changes in a folder and, when it was asked for, in all below it. A move is a removal
// and a creation. What is in a folder that came is told as created, perhaps twice. Symbolic links
// are not followed. Changes wait in bounded room; when it is full, overflow stands for those that
// are lost.
//
// One thread at a time. Destroy it on the loop's thread, or while no wait() is armed.
class FolderWatch {
  public:
    static constexpr std::size_t kMaxFolders = 8192;  // that one watch looks at; then limit

    virtual ~FolderWatch() = default;
    // Calls `ready` once, on `loop`, when take() has something to tell or has failed. Loop thread
    // only.
    virtual Result<void> wait(EventLoop& loop, Task ready) = 0;
    // The oldest changes, `most` at the most, and none when there are none. Blocks as a FileStore
    // does. not_found: the folder itself has gone. limit: there are more than kMaxFolders by now.
    virtual Result<std::vector<FolderChange>> take(std::size_t most) = 0;
};

}  // namespace gantry

#pragma once

#include <gantry/core/result.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace gantry::host {

// A folder of this process alone (mode 0700) for the copies of plugins that it maps, beneath
// XDG_RUNTIME_DIR or the folder for temporary files, whichever lets code be mapped. It goes, with
// all it holds, when this object does.
//
// A lock in it is held as long as the process lives. Folders of the same user whose lock nobody
// holds are those of dead processes, and are removed here. Thread-safe.
class PrivateFolder {
  public:
    static Result<std::unique_ptr<PrivateFolder>> create();
    // As create(), beneath a folder of the caller's choice.
    static Result<std::unique_ptr<PrivateFolder>> create_in(const std::filesystem::path& parent);
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    ~PrivateFolder();

    const std::filesystem::path& path() const noexcept { return path_; }
    // Copies a file to a name that no other copy ever had: the dynamic linker knows a library by
    // name and inode, and would hand out old code again.
    Result<std::filesystem::path> copy(const std::filesystem::path& file);

  private:
    PrivateFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_;
    std::mutex mutex_;
    std::uint64_t copies_ = 0;
};

}  // namespace gantry::host

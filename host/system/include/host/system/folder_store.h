#pragma once

#include <gantry/core/result.h>
#include <gantry/storage/file_store.h>

#include <cstdint>
#include <filesystem>
#include <memory>

namespace gantry::host {

// How a path is kept beneath the root. Both ways give the same answers.
enum class PathResolution : std::uint8_t {
    best,  // by the kernel where it can, else by walking
    walk,  // one component at a time, each link read and followed by hand
};

// A FileStore on a local folder. The folder itself may be reached through symbolic links; what lies
// beneath it is resolved by openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS, so a link is
// followed while it stays inside and its text is relative. With `make`, the folder and those above
// it are made when they are missing.
//
// A Replacement is written under the hidden name ".NAME.gantry-XXXXXX.part" beside its target,
// which listings leave out. A process that is killed leaves that file behind: it may be deleted by
// anyone, as no run ever takes up another's.
//
// Special files (devices, pipes, sockets) are listed but never opened: ErrorCode::unsupported.
// A recursive listing holds at most FileStore::kMaxDepth descriptors, other objects one or two.
// Errors: not_found, denied, usage (it is no folder).
Result<std::unique_ptr<FileStore>> open_folder_store(
    const std::filesystem::path& root, bool make, PathResolution resolution = PathResolution::best);

}  // namespace gantry::host

#pragma once

#include <cs/net/file_upload.h>
#include <cs/net/local_target.h>

#include <vector>

namespace gantry::cs {

// What is to go to a server.
struct UploadPlan {
    std::vector<UploadItem> files;
    std::vector<std::string> folders;  // paths on the server of those that hold nothing
    std::uint64_t skipped = 0;         // links and devices below a folder, unreadable folders
};

// Where the things that were named go.
struct UploadAim {
    std::string path;   // on the server
    bool into = false;  // it is a folder, and they keep their names
};

// Adds a local file, or a folder with all below it, to `plan`. A link that was named itself is
// followed; those below a folder are left out. Blocking. not_found; unsupported for what is neither
// file nor folder; limit for more than limits::kMaxListed names.
Result<UploadPlan> plan_upload(const OpenStore& open, const std::string& local,
                               const UploadAim& aim);

}  // namespace gantry::cs

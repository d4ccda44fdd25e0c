#include <cs/net/limits.h>
#include <cs/net/upload_plan.h>

#include <set>

namespace gantry::cs {

namespace {

struct Split {
    std::string folder;
    std::string name;  // empty: the path is the root's
};

Split split(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    const auto slash = path.rfind('/');
    if (slash == std::string::npos) return {".", path};
    return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

std::string folder_of(const std::string& path) {
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

Result<UploadPlan> plan_folder(std::shared_ptr<FileStore> store, const std::string& local,
                               const std::string& remote) {
    auto listing = store->list("", true);
    if (!listing) return std::move(listing).error();
    UploadPlan plan;
    std::set<std::string> bare{remote};  // folders in which nothing was found yet
    while (plan.files.size() + bare.size() < limits::kMaxListed) {
        auto entry = (*listing)->next();
        if (!entry) {
            ++plan.skipped;
            continue;
        }
        if (!*entry) {
            bare.erase("");
            plan.folders.assign(bare.begin(), bare.end());
            return plan;
        }
        const auto& [name, status] = **entry;
        const auto there = join_path(remote, name);
        const bool wanted = status.type == FileType::folder || status.type == FileType::regular;
        if (wanted) bare.erase(folder_of(there));
        if (status.type == FileType::folder)
            bare.insert(there);
        else if (wanted)
            plan.files.push_back({store, name, local + "/" + name, there});
        else
            ++plan.skipped;
    }
    return make_error(ErrorCode::limit, "cs", "more names than one upload may have", local);
}

// A store names things within itself; the person typed this.
Error about(const std::string& local, Error error) {
    error.context = local;
    return error;
}

}  // namespace

Result<UploadPlan> plan_upload(const OpenStore& open, const std::string& local,
                               const UploadAim& aim) {
    const auto [folder, name] = split(local);
    const auto remote = aim.into ? join_path(aim.path, name) : aim.path;
    if (auto whole = open(local, false)) return plan_folder(std::move(*whole), local, remote);
    auto store = open(folder, false);
    if (!store) return about(local, std::move(store).error());
    auto status = (*store)->status(name);
    if (!status) return about(local, std::move(status).error());
    if (status->type == FileType::other)
        return make_error(ErrorCode::unsupported, "cs", "this is neither a file nor a folder",
                          local);
    UploadPlan plan;
    plan.files.push_back({std::move(*store), name, local, remote});
    return plan;
}

}  // namespace gantry::cs

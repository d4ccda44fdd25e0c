#include <cs/core/mirror_plan.h>
#include <gantry/storage/path.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

bool same_time(std::int64_t here, std::int64_t there) {
    const bool whole_second = here % kSecond == 0;
    return here == there || (whole_second && there >= here && there - here < kSecond);
}

class MirrorPlanner {
  public:
    MirrorPlanner(const LocalTree& local, bool checksum) : local_(local), checksum_(checksum) {}

    Result<void> add(const ListingEntry& entry) {
        auto path = normalize_path(entry.name);
        if (!path || path->empty())
            return make_error(ErrorCode::denied, "cs",
                              "the server lists a name that could lead out of the folder",
                              entry.name);
        const auto [at, added] = remote_.emplace(*path, entry.type);
        if (!added) return {};
        if (entry.type == EntryType::folder)
            add_folder(*std::move(path));
        else if (entry.type == EntryType::file)
            add_file({*std::move(path), entry.size, entry.modified});
        else
            ++plan_.skipped;
        return {};
    }
    MirrorPlan finish() {
        for (auto entry = local_.rbegin(); entry != local_.rend(); ++entry)
            if (!remote_.contains(entry->first) && !is_below_no_folder(entry->first))
                plan_.extra.push_back(entry->first);
        std::ranges::sort(plan_.folders, PathBefore{});
        return std::move(plan_);
    }

  private:
    using Remote = std::map<std::string, EntryType, PathBefore>;

    // Whether a folder above `path` is something else in `tree`, by what `type` says of its
    // entries.
    template <class Tree, class Type>
    static bool is_below_other(const Tree& tree, const std::string& path, Type type) {
        for (auto slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
            const auto above = tree.find(std::string_view(path).substr(0, slash));
            if (above != tree.end() && type(above->second) != EntryType::folder) return true;
        }
        return false;
    }
    bool is_blocked(const std::string& path) const {
        return is_below_other(local_, path, [](const LocalEntry& entry) { return entry.type; });
    }
    bool is_below_no_folder(const std::string& path) const {
        return is_below_other(remote_, path, [](EntryType type) { return type; });
    }
    void add_folder(std::string path) {
        const auto here = local_.find(path);
        const bool other = here != local_.end() && here->second.type != EntryType::folder;
        if (other || is_blocked(path))
            plan_.blocked.push_back(std::move(path));
        else if (here == local_.end())
            plan_.folders.push_back(std::move(path));
    }
    void add_file(MirrorFile file) {
        const auto here = local_.find(file.path);
        const auto type = here == local_.end() ? EntryType::other : here->second.type;
        if (type == EntryType::folder || is_blocked(file.path))
            plan_.blocked.push_back(std::move(file.path));
        else if (type != EntryType::file || here->second.size != file.size)
            plan_.fetch.push_back(std::move(file));
        else if (checksum_)
            plan_.compare.push_back(std::move(file));
        else if (same_time(here->second.modified, file.modified))
            ++plan_.unchanged;
        else
            plan_.fetch.push_back(std::move(file));
    }

    const LocalTree& local_;
    bool checksum_;
    Remote remote_;
    MirrorPlan plan_;
};

}  // namespace

Result<MirrorPlan> plan_mirror(const std::vector<ListingEntry>& remote, const LocalTree& local,
                               bool checksum) {
    MirrorPlanner planner(local, checksum);
    for (const auto& entry : remote)
        if (auto added = planner.add(entry); !added) return std::move(added).error();
    return planner.finish();
}

}  // namespace gantry::cs

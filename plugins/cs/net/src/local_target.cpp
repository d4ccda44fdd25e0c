#include <cs/net/local_target.h>

namespace gantry::cs {

namespace {

constexpr std::uint64_t kSmall = 256 * 1024;  // writing it finds out soon enough that there is room

}  // namespace

Error damaged_file(std::string shown) {
    return make_error(ErrorCode::integrity, "cs",
                      "the file arrived damaged: its check does not fit", std::move(shown));
}

Result<void> make_folders_above(const LocalPlace& place) {
    const auto slash = place.path.rfind('/');
    if (slash == std::string::npos) return {};
    return place.store->make_folders(place.path.substr(0, slash));
}

Result<std::unique_ptr<Replacement>> replace_at(const LocalPlace& place, std::uint64_t size) {
    auto replacement = place.store->replace(place.path);
    if (!replacement) {
        // The store names the path within itself; the person typed more than that.
        replacement.error().context = place.shown;
        return replacement;
    }
    if (size <= kSmall) return replacement;
    auto room = (*replacement)->file().allocate(size);
    if (!room) return std::move(room).error();
    return replacement;
}

LocalTarget::LocalTarget(OpenStore open, std::string path, Kind kind)
    : open_(std::move(open)), path_(std::move(path)), kind_(kind) {}

Result<LocalPlace> LocalTarget::place(std::string_view name) { return locate(name, true); }

Result<LocalPlace> LocalTarget::find(std::string_view name) { return locate(name, false); }

Result<LocalPlace> LocalTarget::locate(std::string_view name, bool make) {
    auto safe = normalize_path(name);
    if (!safe) return std::move(safe).error();
    const std::lock_guard lock(mutex_);
    if (!store_)
        if (auto opened = open(make); !opened) return std::move(opened).error();
    if (file_name_) return LocalPlace{store_, *file_name_, path_};
    const bool bare = path_.empty() || path_.ends_with('/');
    return LocalPlace{store_, *safe, path_ + (bare ? "" : "/") + *safe};
}

Result<void> LocalTarget::make_folders(const std::vector<std::string>& names) {
    for (const auto& name : names) {
        auto at = place(name);
        if (!at) return std::move(at).error();
        if (at->path.empty()) continue;
        if (auto made = at->store->make_folders(at->path); !made) return made;
    }
    return {};
}

Result<void> LocalTarget::sync() {
    std::shared_ptr<FileStore> store;
    {
        const std::lock_guard lock(mutex_);
        store = store_;
    }
    return store ? store->sync() : Result<void>();
}

Result<void> LocalTarget::open(bool make) {
    if (kind_ == Kind::file) return open_parent(make);
    const bool surely = kind_ == Kind::folder;
    auto folder = open_(path_, surely && make);
    if (folder) {
        store_ = std::move(*folder);
        return {};
    }
    if (surely) return std::move(folder).error();
    return open_parent(make);
}

// path_ names no folder, so it is the name of the file itself.
Result<void> LocalTarget::open_parent(bool make) {
    const auto slash = path_.rfind('/');
    const auto name = path_.substr(slash + 1);
    const auto parent = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
    auto safe = normalize_path(name);
    if (!safe) return std::move(safe).error();
    auto folder = open_(parent, make);
    if (!folder) return std::move(folder).error();
    store_ = std::move(*folder);
    file_name_ = std::move(*safe);
    return {};
}

}  // namespace gantry::cs

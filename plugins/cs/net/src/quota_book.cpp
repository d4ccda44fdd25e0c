#include <cs/net/quota_book.h>

#include <algorithm>
#include <vector>

namespace gantry::cs {

namespace {

bool lies_beneath(std::string_view path, std::string_view folder) {
    if (folder.empty()) return true;
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::uint64_t size_of(const FileStatus& status) {
    return status.type == FileType::regular ? status.identity.size : 0;
}

}  // namespace

Result<std::uint64_t> bytes_beneath(FileStore& store, const std::string& path) {
    const auto status = store.status(path);
    if (!status && status.error().code == ErrorCode::not_found) return std::uint64_t{0};
    if (!status) return status.error();
    if (status->type != FileType::folder) return size_of(*status);
    auto listing = store.list(path, true);
    if (!listing) return std::move(listing).error();
    for (std::uint64_t bytes = 0;;) {
        auto next = (*listing)->next();
        if (!next && next.error().code == ErrorCode::closed) return std::move(next).error();
        if (!next) continue;  // a folder that may not be read; the walk goes on
        if (!*next) return bytes;
        bytes += size_of((*next)->status);
    }
}

QuotaBook::Promise& QuotaBook::Promise::operator=(Promise&& other) noexcept {
    std::swap(folder_, other.folder_);
    std::swap(size_, other.size_);
    std::swap(replaced_, other.replaced_);
    return *this;
}

void QuotaBook::Promise::keep() {
    if (!folder_) return;
    const std::lock_guard lock(folder_->mutex);
    folder_->promised -= size_;
    folder_->stored += size_;
    folder_->stored -= std::min(folder_->stored, replaced_);
    size_ = 0;
}

void QuotaBook::Promise::drop() {
    if (!folder_) return;
    const std::lock_guard lock(folder_->mutex);
    folder_->promised -= size_;
    size_ = 0;
}

std::shared_ptr<QuotaBook::Folder> QuotaBook::find(const std::string& name) {
    const std::lock_guard lock(mutex_);
    // Rules that are gone leave folders behind.
    if (folders_.size() > AccessRules::kMaxRules)
        std::erase_if(folders_, [](const auto& f) { return f.second.use_count() == 1; });
    auto& folder = folders_[name];
    if (!folder) folder = std::make_shared<Folder>();
    return folder;
}

Result<void> QuotaBook::measure(FileStore& store, const std::string& name, Folder& folder) const {
    const auto began = clock_.now();
    auto bytes = bytes_beneath(store, name);
    if (!bytes) return std::move(bytes).error();
    folder.stored = *bytes;
    folder.measured = began;
    folder.known = true;
    return {};
}

Result<QuotaBook::Promise> QuotaBook::promise(FileStore& store, const AccessRules& rules,
                                              std::string_view identity, const std::string& path,
                                              std::uint64_t size) {
    const auto name = rules.quota_folder(identity, path);
    if (!name) return Promise();
    const auto old = store.status(path);
    const auto replaced = old ? size_of(*old) : 0;
    const auto folder = find(*name);
    const std::lock_guard lock(folder->mutex);
    const auto age = [&] { return clock_.now() - folder->measured; };
    if (!folder->known || age() > kOld)
        if (auto measured = measure(store, *name, *folder); !measured)
            return std::move(measured).error();
    const auto fits = [&] {
        const auto stored = folder->stored - std::min(folder->stored, replaced);
        return rules.check_write(identity, path, ByteCount(stored + folder->promised),
                                 ByteCount(size));
    };
    auto checked = fits();
    if (!checked && age() > kFresh) {
        if (auto measured = measure(store, *name, *folder); !measured)
            return std::move(measured).error();
        checked = fits();
    }
    if (!checked) return std::move(checked).error();
    folder->promised += size;
    Promise made;
    made.folder_ = folder;
    made.size_ = size;
    made.replaced_ = replaced;
    return made;
}

// Whoever walks a folder holds it, and that takes its time.
void QuotaBook::forget(std::string_view path) {
    std::vector<std::shared_ptr<Folder>> around;
    {
        const std::lock_guard lock(mutex_);
        for (auto& [name, folder] : folders_)
            if (lies_beneath(path, name)) around.push_back(folder);
    }
    for (const auto& folder : around) {
        const std::lock_guard lock(folder->mutex);
        folder->known = false;
    }
}

}  // namespace gantry::cs

#include <cs/net/file_hasher.h>
#include <cs/net/limits.h>
#include <cs/net/listing_reader.h>
#include <cs/net/mirror_target.h>

#include <algorithm>

namespace gantry::cs {

Result<LocalTree> MirrorTarget::read() {
    LocalTree tree;
    auto opened = open_(path_, false);
    if (!opened && opened.error().code == ErrorCode::not_found) return tree;
    if (!opened) return std::move(opened).error();
    store_ = std::move(*opened);
    auto listing = store_->list("", true);
    if (!listing) return std::move(listing).error();
    while (true) {
        auto next = (*listing)->next();
        if (!next) {
            ++unreadable_;
            continue;
        }
        if (!*next) return tree;
        if (tree.size() == limits::kMaxListed)
            return make_error(ErrorCode::limit, "cs", "the local folder holds too many files",
                              path_);
        auto entry = make_entry(std::move((*next)->name), (*next)->status);
        tree.emplace(std::move(entry.name), LocalEntry{entry.type, entry.size, entry.modified});
    }
}

Result<bool> MirrorTarget::same(const MirrorFile& file, const CheckValue& value,
                                const MakeDigest& digests) {
    auto hasher = FileHasher::open(*store_, HashRequest{file.path, value.algorithm}, digests);
    if (!hasher) return std::move(hasher).error();
    while (!(*hasher)->complete())
        if (auto step = (*hasher)->step(); !step) return std::move(step).error();
    if ((*hasher)->value() != value.value) return false;
    const WallTime there{std::chrono::nanoseconds(file.modified)};
    if ((*hasher)->identity().modified == there) return true;
    // A file that may not be written keeps its time; it is compared again the next time.
    if (auto open = store_->open(file.path, OpenMode::read_write); open)
        (void)(*open)->set_modified(there);
    return true;
}

Result<std::size_t> MirrorTarget::remove(const std::vector<std::string>& names, std::size_t from,
                                         std::size_t most) {
    const auto end = std::min(names.size(), from + most);
    for (auto i = from; i < end; ++i) {
        auto removed = store_->remove(names[i]);
        if (!removed && removed.error().code != ErrorCode::not_found)
            return std::move(removed).error();
    }
    return end - from;
}

}  // namespace gantry::cs

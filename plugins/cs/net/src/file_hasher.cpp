#include <cs/net/file_hasher.h>
#include <cs/net/kept_upload.h>
#include <cs/net/limits.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::size_t kHashPart = 256 * 1024;

Error changed_while_hashed() {
    return make_error(ErrorCode::source_changed, "cs", "the file changed while it was hashed");
}

Result<std::string> path_of(const HashRequest& request) {
    auto path = normalize_path(request.path);
    if (!path || !request.upload) return path;
    auto kept = KeptUpload::path_of(*path, *request.upload);
    if (!kept) return make_error(ErrorCode::not_found, "cs", "nothing is kept of this upload");
    return std::move(*kept);
}

}  // namespace

Result<std::unique_ptr<FileHasher>> FileHasher::open(FileStore& store, const HashRequest& request,
                                                     const MakeDigest& digests) {
    auto path = path_of(request);
    if (!path) return std::move(path).error();
    auto file = store.open(*path, OpenMode::read);
    if (!file) return std::move(file).error();
    auto identity = (*file)->identity();
    if (!identity) return std::move(identity).error();
    auto hash = make_file_hash(request.check, digests);
    if (!hash) return std::move(hash).error();
    return std::unique_ptr<FileHasher>(
        new FileHasher(std::move(*file), *identity, request.check, std::move(*hash)));
}

FileHasher::FileHasher(std::unique_ptr<File> file, const FileIdentity& identity,
                       CheckAlgorithm algorithm, std::unique_ptr<FileHash> hash)
    : file_(std::move(file)), identity_(identity), algorithm_(algorithm), hash_(std::move(hash)) {}

FileResponse FileHasher::response() const {
    return {identity_.size, identity_.modified.time_since_epoch().count(), algorithm_};
}

Result<void> FileHasher::step() {
    const auto up_to = std::min(identity_.size, hashed_ + limits::kHashStep);
    part_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kHashPart, identity_.size)));
    while (hashed_ < up_to)
        if (auto read = read_part(); !read) return read;
    if (hashed_ < identity_.size) return {};
    auto now = file_->identity();
    if (!now) return std::move(now).error();
    if (*now != identity_) return changed_while_hashed();
    value_ = hash_->finish();
    return {};
}

Result<void> FileHasher::read_part() {
    const ByteSpan into(part_.data(), static_cast<std::size_t>(std::min<std::uint64_t>(
                                          part_.size(), identity_.size - hashed_)));
    auto count = file_->read_at(hashed_, std::span(&into, 1));
    if (!count) return std::move(count).error();
    if (*count < into.size()) return changed_while_hashed();
    hash_->update(into);
    hashed_ += into.size();
    return {};
}

}  // namespace gantry::cs

#include <cs/net/file_lock.h>
#include <cs/net/kept_upload.h>
#include <cs/wire/crc32c.h>
#include <gantry/storage/part_name.h>

namespace gantry::cs {

namespace {

constexpr auto kOtherUpload =
    "another connection is still uploading this file; try again in half a minute";

// Two uploads that share a tag share what is kept, which the check at the end finds.
std::string tag_of(const Bytes& upload) {
    Crc32c crc;
    crc.update(upload);
    return make_part_tag(crc.value());
}

Result<std::unique_ptr<File>> open_or_create(FileStore& store, const std::string& path) {
    auto file = store.open(path, OpenMode::read_write);
    if (file || file.error().code != ErrorCode::not_found) return file;
    return store.open(path, OpenMode::create);
}

}  // namespace

std::optional<std::string> KeptUpload::path_of(const std::string& path, const Bytes& upload) {
    const auto cut = path.rfind('/') + 1;  // 0 when there is none
    const auto name = tagged_part_name(path.substr(cut), tag_of(upload));
    return name ? std::optional(path.substr(0, cut) + *name) : std::nullopt;
}

Result<std::unique_ptr<KeptUpload>> KeptUpload::open(const LocalPlace& place, const Bytes& upload,
                                                     std::uint64_t offset) {
    auto path = path_of(place.path, upload);
    if (!path) return make_error(ErrorCode::unsupported, "cs", "the name is too long to go on");
    auto file = open_or_create(*place.store, *path);
    if (!file && file.error().code == ErrorCode::exists)
        return make_error(ErrorCode::busy, "cs", kOtherUpload, place.shown);
    if (!file) return std::move(file).error();
    std::unique_ptr<KeptUpload> part(new KeptUpload(place, std::move(*path), std::move(*file)));
    if (auto claimed = part->claim(offset); !claimed) return std::move(claimed).error();
    return part;
}

// Who had it before may have given it the file's name meanwhile.
Result<void> KeptUpload::claim(std::uint64_t offset) {
    if (auto locked = lock_file(*file_, kOtherUpload, place_.shown); !locked) return locked;
    auto open = file_->identity();
    if (!open) return std::move(open).error();
    const auto there = place_.store->status(path_);
    if (!there || there->identity.inode != open->inode)
        return make_error(ErrorCode::busy, "cs", kOtherUpload, place_.shown);
    claimed_ = true;
    if (open->size < offset)
        return make_error(ErrorCode::range, "cs", "less has come of the upload than is said",
                          place_.shown);
    return file_->truncate(offset);
}

KeptUpload::~KeptUpload() {
    if (committed_ || !claimed_) return;
    const auto now = file_->identity();
    if (dropped_ || !now || now->size < kWorthKeeping) (void)place_.store->remove(path_);
}

Result<void> KeptUpload::commit(Overwrite overwrite, Durability) {
    if (auto synced = file_->sync(); !synced) return synced;
    auto renamed = place_.store->rename(path_, place_.path, overwrite);
    committed_ = renamed.ok();
    dropped_ = !renamed && renamed.error().code == ErrorCode::exists;
    return renamed;
}

}  // namespace gantry::cs

#include <cs/net/limits.h>
#include <cs/net/part_file.h>
#include <cs/wire/piece_message.h>
#include <gantry/storage/part_name.h>

namespace gantry::cs {

std::optional<PartFile::Names> PartFile::names_of(const LocalPlace& place) {
    const auto cut = place.path.rfind('/') + 1;  // 0 when there is none
    const auto part = tagged_part_name(place.path.substr(cut), "resume");
    const auto record = tagged_part_name(place.path.substr(cut), "pieces");
    if (!part || !record) return std::nullopt;
    return Names{place.path.substr(0, cut) + *part, place.path.substr(0, cut) + *record};
}

PartFile::PartFile(LocalPlace place, Names names, std::unique_ptr<PieceRecord> record,
                   std::unique_ptr<File> file)
    : place_(std::move(place)),
      names_(std::move(names)),
      record_(std::move(record)),
      file_(std::move(file)) {}

Result<std::unique_ptr<PartFile>> PartFile::create(const LocalPlace& place,
                                                   const PieceRecord::Source& source) {
    const auto names = names_of(place);
    if (!names || PieceMessage::count(source.size) > limits::kMaxPieces)
        return std::unique_ptr<PartFile>();
    if (auto removed = remove(place); !removed) return std::move(removed).error();
    auto record = PieceRecord::create(*place.store, names->record, source);
    if (!record) return std::move(record).error();
    auto file = place.store->open(names->part, OpenMode::create);
    if (!file) {
        (void)place.store->remove(names->record);
        return std::move(file).error();
    }
    std::unique_ptr<PartFile> part(
        new PartFile(place, *names, std::move(*record), std::move(*file)));
    if (auto room = part->file_->allocate(source.size); !room) return std::move(room).error();
    return part;
}

Result<std::unique_ptr<PartFile>> PartFile::find(const LocalPlace& place) {
    const auto names = names_of(place);
    if (!names) return std::unique_ptr<PartFile>();
    auto record = PieceRecord::open(*place.store, names->record);
    if (!record) return std::move(record).error();
    auto status = place.store->status(names->part);
    const bool there = status && status->type == FileType::regular;
    if (!*record || !there || status->identity.size != (*record)->source().size)
        return std::unique_ptr<PartFile>();
    auto file = place.store->open(names->part, OpenMode::read_write);
    if (!file) return std::move(file).error();
    return std::unique_ptr<PartFile>(
        new PartFile(place, *names, std::move(*record), std::move(*file)));
}

Result<void> PartFile::remove(const LocalPlace& place) {
    const auto names = names_of(place);
    if (!names) return {};
    auto held = PieceRecord::open(*place.store, names->record);
    if (!held) return std::move(held).error();
    for (const auto& name : {names->part, names->record}) {
        auto removed = place.store->remove(name);
        if (!removed && removed.error().code != ErrorCode::not_found) return removed;
    }
    return {};
}

PartFile::~PartFile() {
    if (!committed_ && (dropped_ || !worth_keeping())) remove_both();
}

bool PartFile::worth_keeping() const {
    for (std::size_t piece = 0; piece < record_->pieces(); ++piece)
        if (record_->has(piece)) return true;
    return false;
}

void PartFile::remove_both() {
    (void)place_.store->remove(names_.part);
    (void)place_.store->remove(names_.record);
}

// The content lasts before the record goes.
Result<void> PartFile::commit(Overwrite overwrite, Durability) {
    if (auto synced = file_->sync(); !synced) return synced;
    auto renamed = place_.store->rename(names_.part, place_.path, overwrite);
    if (!renamed) {
        dropped_ = renamed.error().code == ErrorCode::exists;
        return renamed;
    }
    committed_ = true;
    (void)place_.store->remove(names_.record);
    return {};
}

}  // namespace gantry::cs

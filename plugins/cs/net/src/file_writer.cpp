#include <cs/net/file_writer.h>
#include <gantry/bytes/reader.h>

namespace gantry::cs {

Result<std::unique_ptr<FileWriter>> FileWriter::open(const LocalPlace& place, Overwrite overwrite,
                                                     std::uint64_t size, CheckAlgorithm check) {
    if (auto made = make_folders_above(place); !made) return std::move(made).error();
    auto replacement = replace_at(place, size);
    if (!replacement) return std::move(replacement).error();
    return std::unique_ptr<FileWriter>(
        new FileWriter(place, std::move(*replacement), overwrite, check));
}

Result<std::unique_ptr<FileWriter>> FileWriter::go_on(const LocalPlace& place, Overwrite overwrite,
                                                      const PutRequest& request) {
    if (auto made = make_folders_above(place); !made) return std::move(made).error();
    auto free = place.store->free_space();
    if (free && free->value() < request.size - request.offset)
        return make_error(ErrorCode::no_space, "cs", "there is no room for the file", place.shown);
    auto kept = KeptUpload::open(place, *request.upload, request.offset);
    if (!kept) return std::move(kept).error();
    auto* alias = kept->get();
    std::unique_ptr<FileWriter> writer(
        new FileWriter(place, std::move(*kept), overwrite, request.check));
    writer->kept_ = alias;
    writer->written_ = request.offset;
    if (request.check == CheckAlgorithm::crc32c && request.offset > 0)
        writer->crc_ = Crc32c(ByteReader(request.before.value).u32().value());
    return writer;
}

Result<void> FileWriter::write(ByteView bytes) {
    if (check_ == CheckAlgorithm::crc32c) crc_.update(bytes);
    if (auto stored = replacement_->file().write_at(written_, std::span(&bytes, 1)); !stored)
        return stored;
    written_ += bytes.size();
    return {};
}

Error FileWriter::damaged() {
    if (kept_ != nullptr) kept_->drop();
    return damaged_file(place_.shown);
}

Result<void> FileWriter::finish(const FileEnd& end) {
    const bool checked = check_ == CheckAlgorithm::crc32c;
    if (written_ != end.total || (checked && end.check.value != crc_.bytes())) return damaged();
    return replacement_->commit(overwrite_, Durability::now);
}

}  // namespace gantry::cs

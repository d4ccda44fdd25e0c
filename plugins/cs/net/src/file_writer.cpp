#include <cs/net/file_writer.h>

namespace gantry::cs {

Result<std::unique_ptr<FileWriter>> FileWriter::open(const LocalPlace& place, Overwrite overwrite,
                                                     std::uint64_t size, CheckAlgorithm check) {
    if (auto made = make_folders_above(place); !made) return std::move(made).error();
    auto replacement = replace_at(place, size);
    if (!replacement) return std::move(replacement).error();
    return std::unique_ptr<FileWriter>(
        new FileWriter(place, std::move(*replacement), overwrite, check));
}

Result<void> FileWriter::write(ByteView bytes) {
    if (check_ == CheckAlgorithm::crc32c) crc_.update(bytes);
    if (auto stored = replacement_->file().write_at(written_, std::span(&bytes, 1)); !stored)
        return stored;
    written_ += bytes.size();
    return {};
}

Result<void> FileWriter::finish(const FileEnd& end) {
    const bool checked = check_ == CheckAlgorithm::crc32c;
    if (written_ != end.total || (checked && end.check.value != crc_.bytes()))
        return damaged_file(place_.shown);
    return replacement_->commit(overwrite_, Durability::now);
}

}  // namespace gantry::cs

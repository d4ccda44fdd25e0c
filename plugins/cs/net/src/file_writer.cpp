#include <cs/net/file_writer.h>

namespace gantry::cs {

FileWriter::FileWriter(Options options, const FileResponse& response)
    : options_(std::move(options)), response_(response) {}

Result<void> FileWriter::open() {
    auto place = options_.place();
    if (!place) return std::move(place).error();
    store_ = place->store;
    shown_ = place->shown;
    if (const auto slash = place->path.rfind('/'); slash != std::string::npos)
        if (auto made = store_->make_folders(place->path.substr(0, slash)); !made) return made;
    auto replacement = store_->replace(place->path);
    if (!replacement) {
        // The store names the path within itself; the person typed more than that.
        replacement.error().context = shown_;
        return std::move(replacement).error();
    }
    replacement_ = std::move(*replacement);
    if (response_.size == 0) return {};
    return replacement_->file().allocate(response_.size);
}

Result<void> FileWriter::write(std::span<const ByteView> bytes) {
    if (!replacement_)
        if (auto opened = open(); !opened) return opened;
    std::uint64_t count = 0;
    for (const auto part : bytes) {
        if (response_.check != CheckAlgorithm::none) crc_.update(part);
        if (options_.digest) options_.digest->update(part);
        count += part.size();
    }
    if (auto stored = replacement_->file().write_at(written_, bytes); !stored) return stored;
    written_ += count;
    return {};
}

Result<void> FileWriter::finish(const FileEnd& end) {
    if (!replacement_)
        if (auto opened = open(); !opened) return opened;
    const bool checked = response_.check == CheckAlgorithm::crc32c;
    if (written_ != end.total || (checked && end.check.value != crc_.bytes()))
        return make_error(ErrorCode::integrity, "cs",
                          "the file arrived damaged: its check does not fit", shown_);
    if (options_.digest) digest_hex_ = to_hex(options_.digest->finish());
    return replacement_->commit(options_.overwrite);
}

std::string FileWriter::check_hex() const {
    return response_.check == CheckAlgorithm::crc32c ? to_hex(crc_.bytes()) : std::string();
}

}  // namespace gantry::cs

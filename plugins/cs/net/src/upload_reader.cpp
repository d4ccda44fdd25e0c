#include <cs/net/limits.h>
#include <cs/net/upload_reader.h>

#include <algorithm>

namespace gantry::cs {

namespace {

Error changed_while_read() {
    return make_error(ErrorCode::source_changed, "cs", "the file changed while it was sent");
}

}  // namespace

Result<std::unique_ptr<UploadReader>> UploadReader::open(std::shared_ptr<FileStore> store,
                                                         const std::string& path) {
    auto file = store->open(path, OpenMode::read);
    if (!file) return std::move(file).error();
    auto identity = (*file)->identity();
    if (!identity) return std::move(identity).error();
    return std::unique_ptr<UploadReader>(
        new UploadReader(std::move(store), std::move(*file), *identity));
}

Result<Bytes> UploadReader::read_step() {
    Bytes bytes(static_cast<std::size_t>(
        std::min<std::uint64_t>(limits::kUploadStep, identity_.size - read_)));
    if (!bytes.empty())
        if (auto read = read_on(bytes); !read) return std::move(read).error();
    if (read_ == identity_.size)
        if (auto same = check_identity(); !same) return std::move(same).error();
    return bytes;
}

Result<void> UploadReader::skip_step(std::uint64_t until) {
    Bytes part(limits::kUploadStep);
    const auto end = std::min({until, identity_.size, read_ + limits::kHashStep});
    while (read_ < end) {
        const auto into = ByteSpan(part).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(part.size(), end - read_)));
        if (auto read = read_on(into); !read) return read;
    }
    return {};
}

Result<void> UploadReader::read_on(ByteSpan into) {
    auto count = file_->read_at(read_, std::span(&into, 1));
    if (!count) return std::move(count).error();
    if (*count < into.size()) return changed_while_read();
    crc_.update(into);
    read_ += *count;
    return {};
}

void UploadReader::restart() {
    read_ = 0;
    crc_ = {};
}

Result<void> UploadReader::check_identity() {
    auto now = file_->identity();
    if (!now) return std::move(now).error();
    if (*now != identity_) return changed_while_read();
    complete_ = true;
    return {};
}

FileEnd UploadReader::end() const { return {identity_.size, check()}; }

}  // namespace gantry::cs

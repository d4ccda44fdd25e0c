#include <cs/net/file_reader.h>
#include <cs/net/limits.h>

#include <algorithm>

namespace gantry::cs {

namespace {

// Small enough to stay in the processor's cache between reading and checking.
constexpr std::size_t kSendPart = 64 * 1024;

Error changed_while_sent() {
    return make_error(ErrorCode::source_changed, "cs", "the file changed while it was sent");
}

CheckAlgorithm answered_check(CheckAlgorithm wanted) {
    return wanted == CheckAlgorithm::none ? CheckAlgorithm::none : CheckAlgorithm::crc32c;
}

}  // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(FileStore& store, const FileRequest& request) {
    auto path = normalize_path(request.path);
    if (!path) return std::move(path).error();
    auto status = store.status(*path);
    if (!status) return std::move(status).error();
    if (status->type == FileType::folder) return std::unique_ptr<FileReader>();
    if (status->type == FileType::other)
        return make_error(ErrorCode::unsupported, "cs", "this is neither a file nor a folder");
    auto file = store.open(*path, OpenMode::read);
    if (!file) return std::move(file).error();
    auto identity = (*file)->identity();
    if (!identity) return std::move(identity).error();
    std::unique_ptr<FileReader> reader(
        new FileReader(std::move(*file), *identity, answered_check(request.check)));
    if (auto read = reader->read_step(); !read) return std::move(read).error();
    return reader;
}

FileReader::FileReader(std::unique_ptr<File> file, const FileIdentity& identity,
                       CheckAlgorithm check)
    : file_(std::move(file)), identity_(identity) {
    response_.size = identity.size;
    response_.modified = identity.modified.time_since_epoch().count();
    response_.check = check;
}

Result<void> FileReader::read_step() {
    const auto size = response_.size;
    const bool whole = response_.check == CheckAlgorithm::none;  // then nothing need be read
    const auto up_to = whole ? size : std::min(size, ready_ + limits::kReadStep);
    if (!whole)
        if (auto read = read_until(up_to); !read) return read;
    ready_ = up_to;
    if (ready_ < size) return {};
    return check_identity();
}

Result<void> FileReader::read_until(std::uint64_t up_to) {
    std::vector<std::byte> part(
        static_cast<std::size_t>(std::min<std::uint64_t>(kSendPart, up_to - ready_)));
    for (auto at = ready_; at < up_to;) {
        const ByteSpan into(part.data(), static_cast<std::size_t>(
                                             std::min<std::uint64_t>(part.size(), up_to - at)));
        auto count = file_->read_at(at, std::span(&into, 1));
        if (!count) return std::move(count).error();
        if (*count < into.size()) return changed_while_sent();
        crc_.update(into);
        at += *count;
    }
    return {};
}

Result<void> FileReader::check_identity() {
    auto now = file_->identity();
    if (!now) return std::move(now).error();
    if (*now != identity_) return changed_while_sent();
    complete_ = true;
    return {};
}

FileEnd FileReader::end() const {
    FileEnd end;
    end.total = response_.size;
    if (response_.check == CheckAlgorithm::none) return end;
    end.check = {CheckAlgorithm::crc32c, crc_.bytes()};
    return end;
}

}  // namespace gantry::cs

#include <cs/net/file_identity.h>
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

// Why a path could not be opened. A folder may be one that has rights of its own.
bool is_folder(FileStore& store, const std::string& path, const Error& why) {
    if (why.code != ErrorCode::usage && why.code != ErrorCode::denied) return false;
    const auto status = store.status(path);
    return status && status->type == FileType::folder;
}

Result<FileSpan> span_of(const FileRequest& request, std::uint64_t size) {
    if (request.offset > size)
        return make_error(ErrorCode::range, "cs", "the file ends before the range that is wanted");
    if (request.pieces && request.offset % PieceMessage::kPiece != 0)
        return make_error(ErrorCode::usage, "cs", "with pieces, a range starts with one");
    const auto rest = size - request.offset;
    return FileSpan{request.offset, std::min(rest, request.count.value_or(rest))};
}

}  // namespace

Result<std::unique_ptr<FileReader>> FileReader::open(FileStore& store, const FileRequest& request,
                                                     const MakeDigest& digests, First first) {
    auto reader = open_unread(store, request, digests);
    if (!reader || !*reader) return reader;
    if (auto read = (*reader)->read_first(first); !read) return std::move(read).error();
    return reader;
}

Result<std::unique_ptr<FileReader>> FileReader::open_unread(FileStore& store,
                                                            const FileRequest& request,
                                                            const MakeDigest& digests) {
    auto path = normalize_path(request.path);
    if (!path) return std::move(path).error();
    auto file = store.open(*path, OpenMode::read);
    if (!file && is_folder(store, *path, file.error())) return std::unique_ptr<FileReader>();
    if (!file) return std::move(file).error();
    auto identity = (*file)->identity();
    if (!identity) return std::move(identity).error();
    std::unique_ptr<FileReader> reader(new FileReader(std::move(*file), *identity));
    if (auto ready = reader->prepare(request, digests); !ready) return std::move(ready).error();
    return reader;
}

Result<void> FileReader::read_first(First first) {
    const bool whole = span_.count <= first.whole;
    if (!whole && first.from == SendFrom::file) return read_step();
    auto block = read_block({});
    if (!block) return std::move(block).error();
    kept_ = *std::move(block);
    if (whole) file_.reset();
    return {};
}

Result<void> FileReader::prepare(const FileRequest& request, const MakeDigest& digests) {
    response_.size = identity_.size;
    response_.modified = identity_.modified.time_since_epoch().count();
    response_.identity = identity_bytes(identity_);
    if (request.expect && *request.expect != *response_.identity)
        return make_error(ErrorCode::source_changed, "cs",
                          "the file is not the one that was begun: it changed since");
    auto span = span_of(request, identity_.size);
    if (!span) return std::move(span).error();
    span_ = *span;
    if (request.check == CheckAlgorithm::merkle && digests) {
        auto roots = make_piece_roots(digests);
        if (!roots) return std::move(roots).error();
        roots_ = std::move(*roots);
    }
    tells_pieces_ = request.pieces && roots_;
    if (request.check != CheckAlgorithm::none)
        response_.check = roots_ ? CheckAlgorithm::merkle : CheckAlgorithm::crc32c;
    return {};
}

Result<void> FileReader::read_step() {
    const bool whole = response_.check == CheckAlgorithm::none;  // then nothing need be read
    const auto up_to = whole ? span_.count : std::min(span_.count, ready_ + limits::kReadStep);
    if (!whole)
        if (auto read = read_until(up_to); !read) return read;
    ready_ = up_to;
    return finish_step();
}

Result<void> FileReader::finish_step() {
    if (ready_ < span_.count) return {};
    return check_identity();
}

Result<std::size_t> FileReader::read_into(ByteSpan into) {
    const auto part = into.first(
        static_cast<std::size_t>(std::min<std::uint64_t>(into.size(), span_.count - ready_)));
    if (auto read = read_part(ready_, part); !read) return std::move(read).error();
    ready_ += part.size();
    if (auto fine = finish_step(); !fine) return std::move(fine).error();
    return part.size();
}

Result<Bytes> FileReader::read_block(Bytes spare) {
    spare.resize(static_cast<std::size_t>(std::min(limits::kCopyStep, span_.count - ready_)));
    const auto part = response_.check == CheckAlgorithm::none ? spare.size() : kSendPart;
    auto rest = ByteSpan(spare);
    do {
        auto read = read_into(rest.first(std::min(rest.size(), part)));
        if (!read) return std::move(read).error();
        rest = rest.subspan(*read);
    } while (!rest.empty());
    return spare;
}

Result<void> FileReader::read_part(std::uint64_t at, ByteSpan into) {
    auto count = file_->read_at(span_.offset + at, std::span(&into, 1));
    if (!count) return std::move(count).error();
    if (*count < into.size()) return changed_while_sent();
    check(into);
    return {};
}

Result<void> FileReader::read_until(std::uint64_t up_to) {
    std::vector<std::byte> part(
        static_cast<std::size_t>(std::min<std::uint64_t>(kSendPart, up_to - ready_)));
    for (auto at = ready_; at < up_to;) {
        const ByteSpan into(part.data(), static_cast<std::size_t>(
                                             std::min<std::uint64_t>(part.size(), up_to - at)));
        if (auto read = read_part(at, into); !read) return read;
        at += into.size();
    }
    return {};
}

void FileReader::check(ByteView bytes) {
    if (roots_)
        roots_->update(bytes);
    else if (response_.check == CheckAlgorithm::crc32c)
        crc_.update(bytes);
}

Result<void> FileReader::check_identity() {
    auto now = file_->identity();
    if (!now) return std::move(now).error();
    if (*now != identity_) return changed_while_sent();
    if (roots_) roots_->finish();
    complete_ = true;
    return {};
}

std::vector<PieceMessage> FileReader::take_pieces() {
    std::vector<PieceMessage> out;
    if (!tells_pieces_) return out;
    for (const auto& roots = roots_->roots(); pieces_told_ < roots.size(); ++pieces_told_)
        out.push_back({span_.offset + pieces_told_ * PieceMessage::kPiece,
                       merkle_value(roots[pieces_told_])});
    return out;
}

FileEnd FileReader::end() {
    if (response_.check == CheckAlgorithm::none) return {span_.count, {}};
    if (!roots_) return {span_.count, {CheckAlgorithm::crc32c, crc_.bytes()}};
    return {span_.count, merkle_value(roots_->root())};
}

}  // namespace gantry::cs

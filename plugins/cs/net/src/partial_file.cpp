#include <cs/net/limits.h>
#include <cs/net/partial_file.h>
#include <cs/wire/piece_message.h>

#include <algorithm>

namespace gantry::cs {

namespace {

constexpr std::uint64_t kPiecesAtOnce = 64;  // that one task rechecks
constexpr std::size_t kReadPart = 256 * 1024;

FileSpan span_of_piece(std::uint64_t piece, std::uint64_t size) {
    const auto offset = piece * PieceMessage::kPiece;
    return {offset, std::min(PieceMessage::kPiece, size - offset)};
}

PieceRecord::Root root_from(const Bytes& value) {
    PieceRecord::Root root{};
    std::copy_n(value.begin(), std::min(value.size(), root.size()), root.begin());
    return root;
}

}  // namespace

Error source_changed_since(std::string context) {
    return make_error(ErrorCode::source_changed, "cs",
                      "the file on the server is not the one that was begun; --no-resume starts "
                      "over",
                      std::move(context));
}

Result<bool> PartialFile::find_earlier() {
    auto place = options_.target->find(options_.name);
    if (!place) return false;
    shown_ = place->shown;
    store_ = place->store;
    if (!options_.resume) {
        if (auto removed = PartFile::remove(*place); !removed) return std::move(removed).error();
        return false;
    }
    auto part = PartFile::find(*place);
    if (!part) return std::move(part).error();
    part_ = std::move(*part);
    return part_ != nullptr;
}

Result<bool> PartialFile::recheck() {
    auto& record = part_->record();
    const auto until = std::min<std::uint64_t>(record.pieces(), rechecked_ + kPiecesAtOnce);
    for (; rechecked_ < until; ++rechecked_) {
        auto good = recheck_piece(rechecked_);
        if (!good) return std::move(good).error();
        if (*good)
            resumed_ += span_of_piece(rechecked_, record.source().size).count;
        else if (record.has(rechecked_))
            if (auto gone = record.put(rechecked_, {}); !gone) return std::move(gone).error();
    }
    return rechecked_ == record.pieces();
}

// Without checks, all that is there is believed.
Result<bool> PartialFile::recheck_piece(std::uint64_t piece) {
    auto& record = part_->record();
    if (!record.has(piece) || !options_.verify) return record.has(piece);
    if (record.root(piece) == PieceRecord::kUnchecked) return false;
    auto hash = make_file_hash(CheckAlgorithm::merkle, options_.digests);
    if (!hash) return std::move(hash).error();
    if (auto read = read_through(span_of_piece(piece, record.source().size), **hash); !read)
        return std::move(read).error();
    return root_from((*hash)->finish()) == record.root(piece);
}

std::vector<FileSpan> PartialFile::missing() const {
    std::vector<FileSpan> out;
    auto& record = part_->record();
    for (std::uint64_t piece = 0; piece < record.pieces(); ++piece) {
        if (record.has(piece)) continue;
        const auto span = span_of_piece(piece, record.source().size);
        if (!out.empty() && out.back().offset + out.back().count == span.offset)
            out.back().count += span.count;
        else
            out.push_back(span);
    }
    return out;
}

Result<void> PartialFile::begin(const FileResponse& response) {
    const std::lock_guard lock(mutex_);
    if (begun_) return {};
    if (auto opened = open(response); !opened) return opened;
    begun_ = true;
    modified_ = response.modified;
    return {};
}

Result<void> PartialFile::open(const FileResponse& response) {
    if (part_) {
        const auto& source = part_->record().source();
        const bool same = response.identity == source.identity && response.size == source.size;
        return same ? Result<void>() : Result<void>(source_changed_since(shown_));
    }
    auto place = options_.target->place(options_.name);
    if (!place) return std::move(place).error();
    store_ = place->store;
    shown_ = place->shown;
    if (auto made = make_folders_above(*place); !made) return made;
    const bool in_pieces = response.check != CheckAlgorithm::crc32c && response.identity;
    if (options_.resume && in_pieces && response.size > PieceMessage::kPiece)
        if (auto kept = open_resumable(*place, response); !kept || part_) return kept;
    auto replacement = replace_at(*place, response.size);
    if (!replacement) return std::move(replacement).error();
    replacement_ = std::move(*replacement);
    return {};
}

// A folder of that name is found when there is nothing to take back yet.
Result<void> PartialFile::open_resumable(const LocalPlace& place, const FileResponse& response) {
    auto there = store_->status(place.path);
    if (there && there->type == FileType::folder)
        return make_error(ErrorCode::usage, "cs", "a folder has that name", shown_);
    if (there && options_.overwrite == Overwrite::no)
        return make_error(ErrorCode::exists, "cs", "it exists already", shown_);
    auto part = PartFile::create(place, {response.size, *response.identity});
    if (!part) {
        part.error().context = shown_;
        return std::move(part).error();
    }
    part_ = std::move(*part);
    return {};
}

Result<void> PartialFile::write(std::uint64_t offset, std::span<const ByteView> bytes) {
    return (part_ ? part_->file() : replacement_->file()).write_at(offset, bytes);
}

Result<void> PartialFile::have_piece(std::uint64_t piece,
                                     const std::optional<PieceRecord::Root>& root) {
    if (!part_) return {};
    return part_->record().put(piece, root.value_or(PieceRecord::kUnchecked));
}

Result<FileOutcome> PartialFile::finish(std::uint64_t size, const CheckValue& check) {
    FileOutcome outcome{size, resumed_, shown_, check, {}};
    if (check.algorithm == CheckAlgorithm::none && part_ && options_.verify) {
        auto root = whole_root();
        if (!root) return std::move(root).error();
        outcome.check = std::move(*root);
    }
    if (options_.sha256) {
        auto digest = read_sha256(size);
        if (!digest) return std::move(digest).error();
        outcome.digest = std::move(*digest);
    }
    auto& whole = part_ ? static_cast<Replacement&>(*part_) : *replacement_;
    if (auto kept = keep_modified(whole.file()); !kept) return std::move(kept).error();
    if (auto done = whole.commit(options_.overwrite, options_.durability); !done)
        return std::move(done).error();
    return outcome;
}

Result<void> PartialFile::keep_modified(File& file) const {
    if (!options_.keep_modified || !modified_) return {};
    return file.set_modified(WallTime(std::chrono::nanoseconds(*modified_)));
}

Result<CheckValue> PartialFile::whole_root() {
    auto& record = part_->record();
    std::vector<PieceRecord::Root> roots;
    for (std::size_t piece = 0; piece < record.pieces(); ++piece) {
        if (record.root(piece) == PieceRecord::kUnchecked) return CheckValue{};
        roots.push_back(record.root(piece));
    }
    auto digest = options_.digests(DigestAlgorithm::sha256);
    if (!digest) return std::move(digest).error();
    const auto root =
        merkle_root_of_pieces(roots, PieceMessage::kPiece, record.source().size, **digest);
    return merkle_value(root);
}

Result<std::string> PartialFile::read_sha256(std::uint64_t size) {
    auto hash = make_file_hash(CheckAlgorithm::sha256, options_.digests);
    if (!hash) return std::move(hash).error();
    if (auto read = read_through({0, size}, **hash); !read) return std::move(read).error();
    return to_hex((*hash)->finish());
}

Result<void> PartialFile::read_through(FileSpan span, FileHash& hash) {
    auto& file = part_ ? part_->file() : replacement_->file();
    Bytes part(static_cast<std::size_t>(std::min<std::uint64_t>(kReadPart, span.count)));
    for (std::uint64_t done = 0; done < span.count;) {
        const auto into = ByteSpan(part).first(
            static_cast<std::size_t>(std::min<std::uint64_t>(part.size(), span.count - done)));
        auto count = file.read_at(span.offset + done, std::span(&into, 1));
        if (!count) return std::move(count).error();
        if (*count == 0)
            return make_error(ErrorCode::other, "cs", "the file became shorter", shown_);
        hash.update(into.first(*count));
        done += *count;
    }
    return {};
}

std::uint64_t PartialFile::kept() const {
    std::uint64_t bytes = 0;
    if (!part_) return bytes;
    const auto& record = part_->record();
    for (std::uint64_t piece = 0; piece < record.pieces(); ++piece)
        if (record.has(piece)) bytes += span_of_piece(piece, record.source().size).count;
    return bytes;
}

void PartialFile::drop() {
    if (part_) part_->drop();
}

}  // namespace gantry::cs

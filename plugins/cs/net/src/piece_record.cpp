#include <cs/net/file_lock.h>
#include <cs/net/limits.h>
#include <cs/net/piece_record.h>
#include <cs/wire/crc32c.h>
#include <cs/wire/limits.h>
#include <cs/wire/piece_message.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

constexpr std::string_view kRecordMagic = "GantryCs";
constexpr std::uint16_t kRecordVersion = 1;
constexpr std::size_t kChecked = 96;  // bytes that the header's check covers
constexpr std::size_t kHeaderSize = 128;
constexpr auto kOtherDownload = "another download is writing this file";
using RecordHeader = std::array<std::byte, kHeaderSize>;

constexpr PieceRecord::Root all_ones() {
    PieceRecord::Root root{};
    for (auto& byte : root) byte = std::byte{0xFF};
    return root;
}

RecordHeader encode_header(const PieceRecord::Source& source) {
    RecordHeader out{};
    ByteWriter writer(out);
    writer.text(kRecordMagic)
        .u16(kRecordVersion)
        .u16(static_cast<std::uint16_t>(source.identity.size()))
        .u32(0)
        .u64(source.size)
        .u64(PieceMessage::kPiece)
        .bytes(source.identity);
    Crc32c crc;
    crc.update(ByteView(out).first(kChecked));
    const auto check = crc.bytes();
    std::copy(check.begin(), check.end(), out.begin() + kChecked);
    return out;
}

// Nothing when it is of another form.
std::optional<PieceRecord::Source> decode_header(const RecordHeader& bytes) {
    ByteReader reader(bytes);
    const auto magic = reader.bytes(kRecordMagic.size());
    const auto version = reader.u16();
    const auto length = reader.u16();
    (void)reader.u32();
    PieceRecord::Source source;
    source.size = reader.u64().value();
    if (as_text(*magic) != kRecordMagic || *version != kRecordVersion) return std::nullopt;
    if (reader.u64().value() != PieceMessage::kPiece) return std::nullopt;
    if (*length > limits::kMaxIdentity || PieceMessage::count(source.size) > limits::kMaxPieces)
        return std::nullopt;
    const auto identity = reader.bytes(*length).value();
    source.identity.assign(identity.begin(), identity.end());
    if (encode_header(source) != bytes) return std::nullopt;
    return source;
}

}  // namespace

const PieceRecord::Root PieceRecord::kUnchecked = all_ones();

PieceRecord::PieceRecord(std::unique_ptr<File> file, Source source)
    : file_(std::move(file)),
      source_(std::move(source)),
      roots_(static_cast<std::size_t>(PieceMessage::count(source_.size))) {}

Result<std::unique_ptr<PieceRecord>> PieceRecord::create(FileStore& store, const std::string& path,
                                                         const Source& source) {
    auto file = store.open(path, OpenMode::create);
    if (!file) return std::move(file).error();
    if (auto locked = lock_file(**file, kOtherDownload, path); !locked)
        return std::move(locked).error();
    const auto header = encode_header(source);
    const ByteView bytes(header);
    if (auto wrote = (*file)->write_at(0, std::span(&bytes, 1)); !wrote)
        return std::move(wrote).error();
    const auto size = kHeaderSize + PieceMessage::count(source.size) * sizeof(Root);
    if (auto room = (*file)->allocate(size); !room) return std::move(room).error();
    return std::unique_ptr<PieceRecord>(new PieceRecord(std::move(*file), source));
}

Result<std::unique_ptr<PieceRecord>> PieceRecord::open(FileStore& store, const std::string& path) {
    auto status = store.status(path);
    if (!status || status->type != FileType::regular) return std::unique_ptr<PieceRecord>();
    auto file = store.open(path, OpenMode::read_write);
    if (!file) return std::move(file).error();
    if (auto locked = lock_file(**file, kOtherDownload, path); !locked)
        return std::move(locked).error();
    RecordHeader header{};
    const ByteSpan into(header);
    auto read = (*file)->read_at(0, std::span(&into, 1));
    if (!read) return std::move(read).error();
    auto source = *read == kHeaderSize ? decode_header(header) : std::nullopt;
    if (!source) return std::unique_ptr<PieceRecord>();
    std::unique_ptr<PieceRecord> record(new PieceRecord(std::move(*file), std::move(*source)));
    if (auto roots = record->read_roots(); !roots) return std::move(roots).error();
    return record;
}

Result<void> PieceRecord::read_roots() {
    const auto into = std::as_writable_bytes(std::span(roots_));
    auto read = file_->read_at(kHeaderSize, std::span(&into, 1));
    if (!read) return std::move(read).error();
    return {};  // roots that are cut off stay zeros
}

Result<void> PieceRecord::put(std::size_t piece, const Root& root) {
    roots_[piece] = root;
    const ByteView bytes(roots_[piece]);
    return file_->write_at(kHeaderSize + piece * sizeof(Root), std::span(&bytes, 1));
}

}  // namespace gantry::cs

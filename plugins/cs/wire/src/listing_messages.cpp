#include <cs/wire/limits.h>
#include <cs/wire/listing_messages.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <array>
#include <bit>

namespace gantry::cs {

namespace {

constexpr std::size_t kEntryHead = 21;  // all before the name
constexpr std::size_t kChangeField = 5;
static_assert(kMaxEntrySize == kEntryHead + limits::kMaxPath + kChangeField);

EntryChange entry_change(std::uint8_t raw) {
    const bool known = raw >= 1 && raw <= 4;
    return known ? static_cast<EntryChange>(raw) : EntryChange::overflow;
}

// `bytes` is one whole entry without its length.
Result<ListingEntry> decode_entry(ByteView bytes) {
    const auto cut_short = protocol_error("an entry of a listing is cut short");
    ByteReader reader(bytes);
    auto head = reader.bytes(kEntryHead - 2);
    if (!head) return cut_short;
    ByteReader numbers(*head);
    ListingEntry out;
    out.type = entry_type(numbers.u8().value());
    out.size = numbers.u64().value();
    out.modified = std::bit_cast<std::int64_t>(numbers.u64().value());
    auto name = reader.text(numbers.u16().value());
    if (!name) return cut_short;
    if (name->empty() || name->size() > limits::kMaxPath)
        return protocol_error("an entry of a listing has a name of an impossible length");
    out.name = std::string(*name);
    auto fields = Fields::decode(reader.rest(), {FieldTag::change});
    if (!fields) return std::move(fields).error();
    if (fields->change) out.change = entry_change(*fields->change);
    return out;
}

}  // namespace

EntryType entry_type(std::uint8_t raw) noexcept {
    const bool known = raw >= 1 && raw <= 4;
    return known ? static_cast<EntryType>(raw) : EntryType::other;
}

Bytes ListingRequest::encode() const {
    Fields f;
    f.path = path;
    f.recursive = recursive;
    if (!glob.empty()) f.glob = glob;
    if (only) f.type = static_cast<std::uint8_t>(*only);
    if (count > 0) f.count = count;
    if (!cursor.empty()) f.cursor = cursor;
    return f.encode();
}

Result<ListingRequest> ListingRequest::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::path, FieldTag::recursive, FieldTag::glob,
                                   FieldTag::type, FieldTag::count, FieldTag::cursor});
    if (!f) return std::move(f).error();
    if (!f->path) return protocol_error("a listing request names no path");
    if (f->count == std::uint64_t{0})
        return protocol_error("a listing of no entries makes no sense");
    ListingRequest out{std::move(*f->path), f->recursive};
    out.glob = std::move(f->glob).value_or(std::string());
    if (f->type) out.only = entry_type(*f->type);
    out.count = f->count.value_or(0);
    out.cursor = std::move(f->cursor).value_or(std::string());
    return out;
}

Bytes ListingEnd::encode() const {
    Fields f;
    f.total = total;
    if (skipped > 0) f.skipped = skipped;
    if (!cursor.empty()) f.cursor = cursor;
    return f.encode();
}

Result<ListingEnd> ListingEnd::decode(ByteView body) {
    auto f = Fields::decode(body, {FieldTag::total, FieldTag::skipped, FieldTag::cursor});
    if (!f) return std::move(f).error();
    if (!f->total) return protocol_error("the end of a listing has no total");
    return ListingEnd{*f->total, f->skipped.value_or(0),
                      std::move(f->cursor).value_or(std::string())};
}

void ListingEntry::append_to(Bytes& body) const {
    Fields fields;
    if (change != EntryChange::none) fields.change = static_cast<std::uint8_t>(change);
    const auto tail = fields.encode();
    std::array<std::byte, kEntryHead> head{};
    ByteWriter(head)
        .u16(static_cast<std::uint16_t>(kEntryHead + name.size() + tail.size()))
        .u8(static_cast<std::uint8_t>(type))
        .u64(size)
        .u64(std::bit_cast<std::uint64_t>(modified))
        .u16(static_cast<std::uint16_t>(name.size()));
    body.insert(body.end(), head.begin(), head.end());
    const auto raw = as_bytes(name);
    body.insert(body.end(), raw.begin(), raw.end());
    body.insert(body.end(), tail.begin(), tail.end());
}

Result<std::vector<ListingEntry>> decode_entries(ByteView body) {
    std::vector<ListingEntry> out;
    ByteReader reader(body);
    while (!reader.done()) {
        auto length = reader.u16();
        if (!length || *length < kEntryHead)
            return protocol_error("an entry of a listing has an impossible length");
        auto bytes = reader.bytes(*length - 2U);
        if (!bytes) return protocol_error("an entry of a listing spans two frames");
        auto entry = decode_entry(*bytes);
        if (!entry) return std::move(entry).error();
        out.push_back(std::move(*entry));
    }
    return out;
}

}  // namespace gantry::cs

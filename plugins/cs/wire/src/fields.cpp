#include <cs/wire/fields.h>
#include <cs/wire/limits.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <array>
#include <bit>

namespace gantry::cs {

namespace {

constexpr std::uint16_t kMaySkip = 0x8000;
constexpr std::size_t kFieldHead = 4;

std::string hex(std::uint16_t tag) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "0x";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[(tag >> shift) & 0xFU];
    return out;
}

Error bad_value(FieldTag tag) {
    return protocol_error("field " + hex(static_cast<std::uint16_t>(tag)) +
                          " has a value of the wrong size");
}

Result<std::uint64_t> number(FieldTag tag, ByteView value) {
    ByteReader reader(value);
    auto out = reader.u64();
    if (!out || !reader.done()) return bad_value(tag);
    return out;
}

Result<CheckAlgorithm> algorithm(FieldTag tag, ByteView value) {
    if (value.size() != 1) return bad_value(tag);
    return static_cast<CheckAlgorithm>(value.front());
}

template <std::optional<std::string> Fields::*member>
Result<void> set_path(Fields& f, ByteView value) {
    if (value.size() > limits::kMaxPath) return protocol_error("a path is too long");
    f.*member = std::string(as_text(value));
    return {};
}

// A text of 1 to `most` bytes.
template <std::optional<std::string> Fields::*member, FieldTag tag, std::size_t most>
Result<void> set_text(Fields& f, ByteView value) {
    if (value.empty() || value.size() > most) return bad_value(tag);
    f.*member = std::string(as_text(value));
    return {};
}

template <bool Fields::*member, FieldTag tag>
Result<void> set_flag(Fields& f, ByteView value) {
    if (!value.empty()) return bad_value(tag);
    f.*member = true;
    return {};
}

template <std::optional<std::uint64_t> Fields::*member, FieldTag tag>
Result<void> set_number(Fields& f, ByteView value) {
    auto read = number(tag, value);
    if (!read) return std::move(read).error();
    f.*member = *read;
    return {};
}

Result<void> set_modified(Fields& f, ByteView value) {
    auto read = number(FieldTag::modified, value);
    if (!read) return std::move(read).error();
    f.modified = std::bit_cast<std::int64_t>(*read);
    return {};
}

Result<void> set_check(Fields& f, ByteView value) {
    auto read = algorithm(FieldTag::check, value);
    if (!read) return std::move(read).error();
    f.check = *read;
    return {};
}

template <std::optional<std::uint8_t> Fields::*member, FieldTag tag>
Result<void> set_byte(Fields& f, ByteView value) {
    if (value.size() != 1) return bad_value(tag);
    f.*member = std::to_integer<std::uint8_t>(value.front());
    return {};
}

template <std::vector<std::uint16_t> Fields::*member, FieldTag tag>
Result<void> set_features(Fields& f, ByteView value) {
    if (value.size() % 2 != 0) return bad_value(tag);
    ByteReader reader(value);
    while (!reader.done()) (f.*member).push_back(reader.u16().value());
    return {};
}

Result<void> set_largest_data(Fields& f, ByteView value) {
    ByteReader reader(value);
    auto read = reader.u32();
    if (!read || !reader.done()) return bad_value(FieldTag::largest_data);
    f.largest_data = *read;
    return {};
}

Result<void> set_check_value(Fields& f, ByteView value) {
    if (value.empty()) return bad_value(FieldTag::check_value);
    const auto rest = value.subspan(1);
    f.check_value =
        CheckValue{static_cast<CheckAlgorithm>(value.front()), Bytes(rest.begin(), rest.end())};
    return {};
}

template <std::optional<Bytes> Fields::*member, FieldTag tag, std::size_t least, std::size_t most>
Result<void> set_bytes(Fields& f, ByteView value) {
    if (value.size() < least || value.size() > most) return bad_value(tag);
    f.*member = Bytes(value.begin(), value.end());
    return {};
}

struct Setter {
    FieldTag tag;
    Result<void> (*set)(Fields&, ByteView);
};

constexpr std::array<Setter, 28> kSetters{{
    {FieldTag::path, set_path<&Fields::path>},
    {FieldTag::recursive, set_flag<&Fields::recursive, FieldTag::recursive>},
    {FieldTag::size, set_number<&Fields::size, FieldTag::size>},
    {FieldTag::modified, set_modified},
    {FieldTag::check, set_check},
    {FieldTag::check_value, set_check_value},
    {FieldTag::total, set_number<&Fields::total, FieldTag::total>},
    {FieldTag::skipped, set_number<&Fields::skipped, FieldTag::skipped>},
    {FieldTag::type, set_byte<&Fields::type, FieldTag::type>},
    {FieldTag::to, set_path<&Fields::to>},
    {FieldTag::replace, set_flag<&Fields::replace, FieldTag::replace>},
    {FieldTag::offset, set_number<&Fields::offset, FieldTag::offset>},
    {FieldTag::count, set_number<&Fields::count, FieldTag::count>},
    {FieldTag::expect, set_bytes<&Fields::expect, FieldTag::expect, 1, limits::kMaxIdentity>},
    {FieldTag::identity, set_bytes<&Fields::identity, FieldTag::identity, 1, limits::kMaxIdentity>},
    {FieldTag::pieces, set_flag<&Fields::pieces, FieldTag::pieces>},
    {FieldTag::glob, set_text<&Fields::glob, FieldTag::glob, limits::kMaxGlob>},
    {FieldTag::cursor, set_text<&Fields::cursor, FieldTag::cursor, limits::kMaxCursor>},
    {FieldTag::upload, set_bytes<&Fields::upload, FieldTag::upload, 1, limits::kMaxIdentity>},
    {FieldTag::change, set_byte<&Fields::change, FieldTag::change>},
    {FieldTag::version, set_byte<&Fields::version, FieldTag::version>},
    {FieldTag::needs, set_features<&Fields::needs, FieldTag::needs>},
    {FieldTag::offers, set_features<&Fields::offers, FieldTag::offers>},
    {FieldTag::largest_data, set_largest_data},
    {FieldTag::window, set_number<&Fields::window, FieldTag::window>},
    {FieldTag::stream_window, set_number<&Fields::stream_window, FieldTag::stream_window>},
    {FieldTag::key_id,
     set_bytes<&Fields::key_id, FieldTag::key_id, limits::kSealKeyId, limits::kSealKeyId>},
    {FieldTag::random,
     set_bytes<&Fields::random, FieldTag::random, limits::kSealRandom, limits::kSealRandom>},
}};

struct RawField {
    std::uint16_t tag = 0;
    ByteView value;
};

Result<RawField> read_field(ByteReader& reader) {
    auto head = reader.bytes(kFieldHead);
    if (!head) return protocol_error("a field is cut short");
    ByteReader numbers(*head);
    const auto tag = numbers.u16().value();
    auto value = reader.bytes(numbers.u16().value());
    if (!value) return protocol_error("field " + hex(tag) + " is cut short");
    return RawField{tag, *value};
}

Result<void> apply(Fields& out, const RawField& field, std::uint32_t& seen) {
    for (std::size_t i = 0; i < kSetters.size(); ++i) {
        if (static_cast<std::uint16_t>(kSetters[i].tag) != field.tag) continue;
        if ((seen & (1U << i)) != 0) return protocol_error("field " + hex(field.tag) + " is twice");
        seen |= 1U << i;
        return kSetters[i].set(out, field.value);
    }
    return {};
}

// Writes one field; a value that is a number or bytes.
class FieldWriter {
  public:
    void put(FieldTag tag, ByteView value) {
        std::array<std::byte, kFieldHead> head{};
        ByteWriter(head)
            .u16(static_cast<std::uint16_t>(tag))
            .u16(static_cast<std::uint16_t>(value.size()));
        out_.insert(out_.end(), head.begin(), head.end());
        out_.insert(out_.end(), value.begin(), value.end());
    }
    void put(FieldTag tag, std::uint64_t value) {
        std::array<std::byte, 8> raw{};
        ByteWriter(raw).u64(value);
        put(tag, ByteView(raw));
    }
    Bytes take() { return std::move(out_); }

  private:
    Bytes out_;
};

Bytes number_bytes(std::uint32_t value) {
    Bytes out(4);
    ByteWriter(out).u32(value);
    return out;
}

Bytes feature_bytes(const std::vector<std::uint16_t>& features) {
    Bytes out(2 * features.size());
    ByteWriter writer(out);
    for (const auto feature : features) writer.u16(feature);
    return out;
}

Bytes check_bytes(const CheckValue& check) {
    Bytes value{static_cast<std::byte>(check.algorithm)};
    value.insert(value.end(), check.value.begin(), check.value.end());
    return value;
}

}  // namespace

Bytes Fields::encode() const {
    FieldWriter out;
    if (path) out.put(FieldTag::path, as_bytes(*path));
    if (recursive) out.put(FieldTag::recursive, ByteView());
    if (to) out.put(FieldTag::to, as_bytes(*to));
    if (replace) out.put(FieldTag::replace, ByteView());
    if (type) out.put(FieldTag::type, Bytes{std::byte{*type}});
    if (size) out.put(FieldTag::size, *size);
    if (modified) out.put(FieldTag::modified, std::bit_cast<std::uint64_t>(*modified));
    if (check) out.put(FieldTag::check, Bytes{static_cast<std::byte>(*check)});
    if (total) out.put(FieldTag::total, *total);
    if (check_value) out.put(FieldTag::check_value, check_bytes(*check_value));
    if (skipped) out.put(FieldTag::skipped, *skipped);
    if (offset) out.put(FieldTag::offset, *offset);
    if (count) out.put(FieldTag::count, *count);
    if (expect) out.put(FieldTag::expect, *expect);
    if (identity) out.put(FieldTag::identity, *identity);
    if (pieces) out.put(FieldTag::pieces, ByteView());
    if (glob) out.put(FieldTag::glob, as_bytes(*glob));
    if (cursor) out.put(FieldTag::cursor, as_bytes(*cursor));
    if (upload) out.put(FieldTag::upload, *upload);
    if (change) out.put(FieldTag::change, Bytes{std::byte{*change}});
    if (version) out.put(FieldTag::version, Bytes{std::byte{*version}});
    if (!needs.empty()) out.put(FieldTag::needs, feature_bytes(needs));
    if (!offers.empty()) out.put(FieldTag::offers, feature_bytes(offers));
    if (largest_data) out.put(FieldTag::largest_data, number_bytes(*largest_data));
    if (window) out.put(FieldTag::window, *window);
    if (stream_window) out.put(FieldTag::stream_window, *stream_window);
    if (key_id) out.put(FieldTag::key_id, *key_id);
    if (random) out.put(FieldTag::random, *random);
    return out.take();
}

Result<Fields> Fields::decode(ByteView body, std::span<const FieldTag> known) {
    Fields out;
    std::uint32_t seen = 0;
    ByteReader reader(body);
    while (!reader.done()) {
        auto field = read_field(reader);
        if (!field) return std::move(field).error();
        const auto tag = static_cast<FieldTag>(field->tag);
        if (std::find(known.begin(), known.end(), tag) != known.end()) {
            if (auto set = apply(out, *field, seen); !set) return std::move(set).error();
        } else if ((field->tag & kMaySkip) == 0) {
            return make_error(
                ErrorCode::unsupported, "cs",
                "the peer asks for something this side does not know: field " + hex(field->tag));
        }
    }
    return out;
}

}  // namespace gantry::cs

#pragma once

#include <cs/wire/frame_header.h>

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace gantry::cs {

// The tags of docs/protocols/cs.md section 2. The top bit marks a field that may be skipped.
enum class FieldTag : std::uint16_t {
    path = 0x0001,
    recursive = 0x0002,
    size = 0x0003,
    modified = 0x8004,
    check = 0x8005,
    check_value = 0x0006,
    total = 0x0007,
    skipped = 0x8008,
    type = 0x0009,
    to = 0x000a,
    replace = 0x000b,
    offset = 0x000c,
    count = 0x000d,
    expect = 0x000e,
    identity = 0x800f,
    pieces = 0x8010,
    glob = 0x0011,
    cursor = 0x0012,
    change = 0x0014,
    upload = 0x0015,
    version = 0x8020,
    needs = 0x0021,
    offers = 0x8022,
    largest_data = 0x8023,
    window = 0x8024,
    stream_window = 0x8025,
    key_id = 0x0030,
    random = 0x0031,
    proof = 0x0032,
};

enum class CheckAlgorithm : std::uint8_t { none = 0, crc32c = 1, sha256 = 2, merkle = 3 };

// What a whole file came to under an algorithm.
struct CheckValue {
    CheckAlgorithm algorithm = CheckAlgorithm::none;
    Bytes value;
    bool operator==(const CheckValue&) const = default;
};

// The fields of one message. Which of them a message has is for the message to say.
struct Fields {
    std::optional<std::string> path;
    bool recursive = false;
    std::optional<std::uint64_t> size;
    std::optional<std::int64_t> modified;  // nanoseconds since 1970
    std::optional<CheckAlgorithm> check;
    std::optional<CheckValue> check_value;
    std::optional<std::uint64_t> total;
    std::optional<std::uint64_t> skipped;
    std::optional<std::uint8_t> type;
    std::optional<std::string> to;
    bool replace = false;
    std::optional<std::uint64_t> offset;
    std::optional<std::uint64_t> count;
    std::optional<Bytes> expect;
    std::optional<Bytes> identity;
    bool pieces = false;
    std::optional<std::string> glob;
    std::optional<std::string> cursor;  // any bytes
    std::optional<std::uint8_t> change;
    std::optional<Bytes> upload;
    std::optional<std::uint8_t> version;
    std::vector<std::uint16_t> needs;  // features; an empty list is not sent
    std::vector<std::uint16_t> offers;
    std::optional<std::uint32_t> largest_data;
    std::optional<std::uint64_t> window;
    std::optional<std::uint64_t> stream_window;
    std::optional<Bytes> key_id;  // limits::kSealKeyId bytes
    std::optional<Bytes> random;  // limits::kSealRandom bytes

    // The fields that are set.
    Bytes encode() const;
    // Reads a body whose message knows the tags `known`. ErrorCode::protocol for a field that is
    // cut short, stands twice or has a value of the wrong size; unsupported for an unknown field
    // that may not be skipped.
    static Result<Fields> decode(ByteView body, std::span<const FieldTag> known);
    static Result<Fields> decode(ByteView body, std::initializer_list<FieldTag> known) {
        return decode(body, std::span(known.begin(), known.size()));
    }
    bool operator==(const Fields&) const = default;
};

}  // namespace gantry::cs

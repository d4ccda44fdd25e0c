#pragma once

#include <cs/wire/fields.h>
#include <cs/wire/limits.h>

#include <vector>

namespace gantry::cs {

// What a side can do beyond the plain protocol (docs/protocols/cs.md, "Hello"). Numbers that stand
// in no enumerator are legal on the wire.
enum class Feature : std::uint16_t { streams = 1 };

// The body of a HELLO.
struct Hello {
    std::uint8_t version = FrameHeader::kVersion;  // the highest that the sender speaks
    std::vector<Feature> needs;                    // without which it does not go on
    std::vector<Feature> offers;
    std::uint32_t largest_data = limits::kMaxDataBody;  // the body of a data frame that it takes
    std::uint64_t window = limits::kMinWindow;          // data of all requests that it takes first
    std::uint64_t stream_window = limits::kMinWindow;   // the same for each request

    bool speaks_of(Feature feature) const noexcept;  // needs or offers it
    Bytes encode() const;
    // ErrorCode::protocol or unsupported, as Fields does, and protocol for version 0 and for a
    // number below limits::kMinWindow. A larger frame than limits::kMaxDataBody counts as that.
    static Result<Hello> decode(ByteView body);
    bool operator==(const Hello&) const = default;
};

// The body of a credit frame: how many bytes of data may be sent in all, since the start.
Bytes encode_credit(std::uint64_t limit);
Result<std::uint64_t> decode_credit(ByteView body);

}  // namespace gantry::cs

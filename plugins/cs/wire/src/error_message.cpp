#include <cs/wire/error_message.h>
#include <cs/wire/limits.h>
#include <gantry/bytes/reader.h>
#include <gantry/bytes/writer.h>

#include <algorithm>
#include <array>

namespace gantry::cs {

namespace {

struct CodeRow {
    std::uint16_t wire;
    ErrorCode code;
    std::string_view meaning;
};

constexpr std::array<CodeRow, 21> kCodes{{
    {1, ErrorCode::not_found, "does not exist"},
    {2, ErrorCode::usage, "the request makes no sense"},
    {3, ErrorCode::other, "the server could not do it"},
    {4, ErrorCode::timeout, "it took too long"},
    {5, ErrorCode::network, "a network error"},
    {6, ErrorCode::security, "authentication or encryption failed"},
    {7, ErrorCode::interrupted, "interrupted, can be resumed"},
    {8, ErrorCode::source_changed, "the file changed while it was sent"},
    {9, ErrorCode::no_space, "no space on the server"},
    {10, ErrorCode::integrity, "damaged"},
    {11, ErrorCode::exists, "exists already"},
    {12, ErrorCode::denied, "not allowed"},
    {13, ErrorCode::protocol, "the protocol was broken"},
    {14, ErrorCode::plugin, "a plugin of the server failed"},
    {15, ErrorCode::partial, "some items failed"},
    {16, ErrorCode::limit, "a limit was reached"},
    {17, ErrorCode::cancelled, "cancelled"},
    {18, ErrorCode::unsupported, "not supported"},
    {19, ErrorCode::closed, "the server is going down"},
    {20, ErrorCode::busy, "busy, try again later"},
    {21, ErrorCode::range, "bytes that are not there"},
}};

const CodeRow& row_of(ErrorCode code) {
    const auto* found = std::find_if(kCodes.begin(), kCodes.end(),
                                     [&](const CodeRow& row) { return row.code == code; });
    return found != kCodes.end() ? *found : kCodes[2];
}

std::uint8_t wire_class(ErrorCode code) {
    switch (error_family(code)) {
        case ErrorFamily::protocol:
            return 1;
        case ErrorFamily::usage:
            return 2;
        case ErrorFamily::environment:
            break;
    }
    return 3;
}

// A cut must not leave half a character of UTF-8 at the end.
std::string bounded(std::string_view text) {
    std::size_t end = std::min(text.size(), limits::kMaxErrorText);
    const auto continues = [&](std::size_t i) {
        return (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
    };
    if (end < text.size())
        while (end > 0 && continues(end)) --end;
    return std::string(text.substr(0, end));
}

}  // namespace

Error wants_secured() {
    return make_error(ErrorCode::security, "cs",
                      "this server takes secured connections only: say --tls on, --key-file "
                      "or --pin");
}

std::uint16_t wire_code(ErrorCode code) noexcept { return row_of(code).wire; }

ErrorCode code_from_wire(std::uint16_t code) noexcept {
    const bool known = code >= 1 && code <= kCodes.size();
    return known ? kCodes[code - 1U].code : ErrorCode::other;
}

ErrorMessage ErrorMessage::from(const Error& error) {
    ErrorMessage out;
    out.code = error.code;
    // What cs itself says of keys names nothing of this machine, and tells a person what to do.
    const bool about_keys = error.code == ErrorCode::security && error.domain == "cs";
    out.text = is_sendable(error.code) || about_keys ? error.message
                                                     : std::string(row_of(error.code).meaning);
    return out;
}

Error ErrorMessage::to_error(std::string context) const {
    const std::string said = text.empty() ? std::string(row_of(code).meaning) : text;
    return make_error(code, "cs", "the server says: " + said, std::move(context));
}

Bytes ErrorMessage::encode() const {
    const std::string sent = bounded(text);
    Bytes body(4 + sent.size());
    ByteWriter(body)
        .u8(wire_class(code))
        .u8(static_cast<std::uint8_t>(detail))
        .u16(wire_code(code))
        .text(sent);
    return body;
}

Result<ErrorMessage> ErrorMessage::decode(ByteView body) {
    ByteReader reader(body);
    auto head = reader.bytes(4);
    if (!head) return protocol_error("an error frame is cut short");
    ErrorMessage out;
    const bool folder = (*head)[1] == static_cast<std::byte>(ErrorDetail::is_folder);
    if (folder) out.detail = ErrorDetail::is_folder;
    ByteReader code(head->subspan(2));
    out.code = code_from_wire(code.u16().value());
    out.text = bounded(as_text(reader.rest()));
    const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    std::replace_if(out.text.begin(), out.text.end(), control, ' ');
    return out;
}

}  // namespace gantry::cs

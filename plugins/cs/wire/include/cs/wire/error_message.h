#pragma once

#include <cs/wire/frame_header.h>

#include <string>

namespace gantry::cs {

// More than the code says, for programs. Unknown values count as none.
enum class ErrorDetail : std::uint8_t { none = 0, is_folder = 1 };

// The body of an error frame (docs/protocols/cs.md section 4), the same in every version.
struct ErrorMessage {
    ErrorCode code = ErrorCode::other;  // its family is the class
    ErrorDetail detail = ErrorDetail::none;
    std::string text;  // UTF-8, for people; at most limits::kMaxErrorText bytes

    // What may be told to a peer of an error: the text of one that is not sendable is replaced.
    static ErrorMessage from(const Error& error);
    // As an Error of the domain "cs" that says it comes from the peer. `context` names the thing.
    Error to_error(std::string context) const;

    Bytes encode() const;
    // ErrorCode::protocol when the body is shorter than its fixed part. Text beyond the limit is
    // dropped, control characters in it become spaces.
    static Result<ErrorMessage> decode(ByteView body);
    bool operator==(const ErrorMessage&) const = default;
};

// The wire's number for a code (section 4), and back; an unknown number is ErrorCode::other.
std::uint16_t wire_code(ErrorCode code) noexcept;
ErrorCode code_from_wire(std::uint16_t code) noexcept;

// What a server says to those who ask in the clear for what it gives over secured connections only.
Error wants_secured();

}  // namespace gantry::cs

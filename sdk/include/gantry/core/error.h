#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gantry {

// What went wrong, in terms a caller can act on. The values are part of the ABI: append only.
enum class ErrorCode : std::uint16_t {
    other = 1,
    usage = 2,
    not_found = 3,
    timeout = 4,
    network = 5,
    security = 6,     // authentication or TLS
    interrupted = 7,  // stopped, and can be resumed
    source_changed = 8,
    no_space = 9,
    integrity = 10,
    exists = 11,
    denied = 12,
    protocol = 13,  // the peer broke the protocol
    plugin = 14,    // a plugin failed to load
    partial = 15,   // some items failed
    limit = 16,     // a named limit was reached
    cancelled = 17,
    unsupported = 18,
    closed = 19,  // the object was closed before the call
    busy = 20,    // try again later
    range = 21,   // bytes that are not there were asked for
};

// Who can mend it: the peer, the caller (us), or the one who runs the machine.
enum class ErrorFamily : std::uint8_t { protocol, usage, environment };

// A value that says what failed, to a program (code, domain) and to a person (message, context).
//
// `message` is one sentence without a final period that says what is wrong and, where it can, what
// to do. `context` names the thing it happened to (a path, an address), and may be empty.
struct Error {
    ErrorCode code = ErrorCode::other;
    std::string domain;  // the module that found it: "cs", "storage", "loader" ...
    std::string message;
    std::string context;

    bool operator==(const Error&) const = default;
};

// The stable snake_case name of a code, as it stands in JSON results: "not_found".
std::string_view error_name(ErrorCode code) noexcept;
// The inverse of error_name; ErrorCode::other for a name that is not known.
ErrorCode error_code_from_name(std::string_view name) noexcept;
// The process exit status for a code; docs/shell.md lists them.
int exit_status(ErrorCode code) noexcept;
ErrorFamily error_family(ErrorCode code) noexcept;
// Whether the message may be shown to a remote peer. Errors of our own environment may not: they
// can name local paths.
bool is_sendable(ErrorCode code) noexcept;

// "context: message", or "message" alone. For people.
std::string describe(const Error& error);

Error make_error(ErrorCode code, std::string_view domain, std::string message,
                 std::string context = {});
// From an errno value: picks the code (ENOENT is not_found, ENOSPC no_space ...) and words it.
Error error_from_errno(int errno_value, std::string_view domain, std::string context = {});

}  // namespace gantry

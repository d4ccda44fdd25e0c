#include <gantry/core/error.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>

namespace gantry {
namespace {

struct CodeRow {
    ErrorCode code;
    std::string_view name;
    int exit_status;
    ErrorFamily family;
    bool sendable;
};

using enum ErrorFamily;

// The one table. Codes above 15 have no exit status of their own: their name in the JSON result
// tells them apart.
constexpr std::array kTable{
    CodeRow{ErrorCode::other, "other", 1, environment, false},
    CodeRow{ErrorCode::usage, "usage", 2, usage, true},
    CodeRow{ErrorCode::not_found, "not_found", 3, usage, true},
    CodeRow{ErrorCode::timeout, "timeout", 4, environment, true},
    CodeRow{ErrorCode::network, "network", 5, environment, false},
    CodeRow{ErrorCode::security, "security", 6, environment, false},
    CodeRow{ErrorCode::interrupted, "interrupted", 7, environment, false},
    CodeRow{ErrorCode::source_changed, "source_changed", 8, environment, true},
    CodeRow{ErrorCode::no_space, "no_space", 9, environment, false},
    CodeRow{ErrorCode::integrity, "integrity", 10, protocol, true},
    CodeRow{ErrorCode::exists, "exists", 11, usage, true},
    CodeRow{ErrorCode::denied, "denied", 12, usage, true},
    CodeRow{ErrorCode::protocol, "protocol", 13, protocol, true},
    CodeRow{ErrorCode::plugin, "plugin", 14, environment, false},
    CodeRow{ErrorCode::partial, "partial", 15, environment, false},
    CodeRow{ErrorCode::limit, "limit", 1, usage, true},
    CodeRow{ErrorCode::cancelled, "cancelled", 1, usage, false},
    CodeRow{ErrorCode::unsupported, "unsupported", 1, usage, true},
    CodeRow{ErrorCode::closed, "closed", 1, usage, false},
    CodeRow{ErrorCode::busy, "busy", 1, environment, true},
    CodeRow{ErrorCode::range, "range", 1, usage, true},
};

constexpr const CodeRow& row(ErrorCode code) noexcept {
    const auto index = static_cast<std::size_t>(code) - 1;
    return index < kTable.size() ? kTable[index] : kTable[0];
}

constexpr bool in_order() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].code) != i + 1) return false;
    return true;
}
static_assert(in_order(), "a row's place is its code less one");

struct ErrnoRow {
    int value;
    ErrorCode code;
};

constexpr ErrnoRow kErrnoTable[] = {
    {ENOENT, ErrorCode::not_found},
    {ENOTDIR, ErrorCode::not_found},
    {EACCES, ErrorCode::denied},
    {EPERM, ErrorCode::denied},
    {EROFS, ErrorCode::denied},
    {EEXIST, ErrorCode::exists},
    {ENOTEMPTY, ErrorCode::exists},
    {ENOSPC, ErrorCode::no_space},
    {EDQUOT, ErrorCode::no_space},
    {EFBIG, ErrorCode::no_space},
    {ETIMEDOUT, ErrorCode::timeout},
    {ECONNREFUSED, ErrorCode::network},
    {ECONNRESET, ErrorCode::network},
    {ECONNABORTED, ErrorCode::network},
    {EPIPE, ErrorCode::network},
    {ENETUNREACH, ErrorCode::network},
    {EHOSTUNREACH, ErrorCode::network},
    {ENETDOWN, ErrorCode::network},
    {EHOSTDOWN, ErrorCode::network},
    {ENOTCONN, ErrorCode::network},
    {EADDRINUSE, ErrorCode::network},
    {EADDRNOTAVAIL, ErrorCode::network},
    {EINVAL, ErrorCode::usage},
    {EISDIR, ErrorCode::usage},
    {ENAMETOOLONG, ErrorCode::usage},
    {EMSGSIZE, ErrorCode::usage},
    {EMFILE, ErrorCode::limit},
    {ENFILE, ErrorCode::limit},
    {ENOMEM, ErrorCode::limit},
    {EAGAIN, ErrorCode::busy},
    {EBUSY, ErrorCode::busy},
    {ETXTBSY, ErrorCode::busy},
    {ECANCELED, ErrorCode::cancelled},
    {EBADF, ErrorCode::closed},
    {ENOSYS, ErrorCode::unsupported},
    {EOPNOTSUPP, ErrorCode::unsupported},
    {EAFNOSUPPORT, ErrorCode::unsupported},
    {EPROTONOSUPPORT, ErrorCode::unsupported},
    {EPROTO, ErrorCode::protocol},
};

ErrorCode code_of_errno(int value) noexcept {
    const auto* found = std::ranges::find(kErrnoTable, value, &ErrnoRow::value);
    return found == std::end(kErrnoTable) ? ErrorCode::other : found->code;
}

std::string words_of_errno(int value) {
    // The descriptions of strerrordesc_np are constant and untranslated, so this is thread-safe.
    const char* text = strerrordesc_np(value);
    if (!text) return "system error " + std::to_string(value);
    std::string words = text;
    const bool one_word = words.size() < 2 || std::isupper(static_cast<unsigned char>(words[1]));
    if (!one_word) words[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(words[0])));
    return words;
}

}  // namespace

std::string_view error_name(ErrorCode code) noexcept { return row(code).name; }

ErrorCode error_code_from_name(std::string_view name) noexcept {
    const auto* found = std::ranges::find(kTable, name, &CodeRow::name);
    return found == kTable.end() ? ErrorCode::other : found->code;
}

int exit_status(ErrorCode code) noexcept { return row(code).exit_status; }
ErrorFamily error_family(ErrorCode code) noexcept { return row(code).family; }
bool is_sendable(ErrorCode code) noexcept { return row(code).sendable; }

std::string describe(const Error& error) {
    return error.context.empty() ? error.message : error.context + ": " + error.message;
}

Error make_error(ErrorCode code, std::string_view domain, std::string message,
                 std::string context) {
    return {code, std::string(domain), std::move(message), std::move(context)};
}

Error error_from_errno(int errno_value, std::string_view domain, std::string context) {
    return make_error(code_of_errno(errno_value), domain, words_of_errno(errno_value),
                      std::move(context));
}

}  // namespace gantry

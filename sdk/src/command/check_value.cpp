#include "command/words.h"

#include <gantry/command/parser.h>

#include <algorithm>
#include <charconv>

namespace gantry {
namespace {

using Check = bool (*)(std::string_view value);

bool is_anything(std::string_view) { return true; }
bool is_integer(std::string_view value) {
    std::int64_t number = 0;
    const auto end = value.data() + value.size();
    const auto [stop, problem] = std::from_chars(value.data(), end, number);
    return problem == std::errc{} && stop == end;
}
bool is_path(std::string_view value) { return !value.empty() && value.find('\0') == value.npos; }
bool is_url(std::string_view value) {
    const auto scheme = value.substr(0, value.find("://"));
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
    };
    return scheme.size() + 3 < value.size() && !scheme.empty() && scheme.front() >= 'a' &&
           scheme.front() <= 'z' && std::ranges::all_of(scheme, fits);
}
bool is_job(std::string_view value) {
    return value.size() > 1 && value.front() == '%' && value[1] != '-' &&
           is_integer(value.substr(1));
}

struct KindRow {
    Check check;
    std::string_view wanted;
};

// In the order of ValueKind.
constexpr KindRow kKinds[] = {
    {is_anything, "text"},
    {is_integer, "a whole number"},
    {[](std::string_view v) { return parse_size(v).ok(); }, "a size such as 512KiB or 1.5MB"},
    {[](std::string_view v) { return parse_rate(v).ok(); }, "a rate such as 10MB/s"},
    {[](std::string_view v) { return parse_duration(v).ok(); }, "a duration such as 10s or 30m"},
    {is_path, "a path"},
    {is_path, "a folder"},
    {[](std::string_view v) { return HostPort::parse(v).ok(); }, "HOST:PORT"},
    {is_url, "a URL such as scheme://host/path"},
    {nullptr, "a choice"},
    {is_job, "a job such as %3"},
    {command::is_lower_word, "a plugin's name"},
    {command::is_lower_words, "a command's name"},
};

std::string joined(std::span<const std::string> items) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
}

Error refuse(std::string_view what, std::string_view value, const std::string& wanted) {
    return make_error(ErrorCode::usage, "command",
                      std::string(what) + ": '" + std::string(value) + "' is not " + wanted);
}

Result<void> check_choice(std::span<const std::string> choices, std::string_view what,
                          std::string_view value) {
    if (std::ranges::find(choices, value) != choices.end()) return {};
    auto wanted = "one of " + joined(choices);
    if (const auto near = nearest(value, choices); !near.empty())
        wanted += "; did you mean '" + near + "'?";
    return refuse(what, value, wanted);
}

}  // namespace

Result<void> check_value(ValueKind kind, std::span<const std::string> choices,
                         std::string_view what, std::string_view value) {
    if (kind == ValueKind::choice) return check_choice(choices, what, value);
    const auto& row = kKinds[static_cast<std::size_t>(kind)];
    if (row.check(value)) return {};
    return refuse(what, value, std::string(row.wanted));
}

}  // namespace gantry

#include <host/shell/transfer_route.h>
#include <host/shell/word_roles.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace gantry::host {
namespace {

constexpr std::array<std::string_view, 4> kTransfers{"get", "put", "ls", "mirror"};

Error no_url(const std::string& command) {
    return make_error(ErrorCode::usage, "shell",
                      "say where: a URL such as cs://HOST:PORT/PATH, or 'open URL' first", command);
}

Error no_plugin(const std::string& command, const std::string& scheme) {
    return make_error(ErrorCode::usage, "shell",
                      "no plugin here has URLs that start with '" + scheme +
                          ":'; 'plugin list' tells what there is",
                      command);
}

// The offsets of the operands in `words`.
std::vector<std::size_t> operand_offsets(const CommandSpec& spec,
                                         const std::vector<std::string>& words) {
    std::vector<std::size_t> offsets;
    const auto roles = classify_words(spec, words);
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (roles[i].role == WordRole::operand) offsets.push_back(i);
    return offsets;
}

void place_operands(const std::string& command, const SessionPlace& place,
                    const std::vector<std::size_t>& operands, std::vector<std::string>& words) {
    const auto make_url = [&](std::string& word) {
        if (url_scheme(word).empty()) word = session_url(place, word);
    };
    if (command == "put") {
        const bool named = operands.size() > 1 && (!url_scheme(words[operands.back()]).empty() ||
                                                   words[operands.back()].ends_with('/'));
        if (!named)
            words.push_back(session_url(place, "") + (place.folder.empty() ? "" : "/"));
        else if (url_scheme(words[operands.back()]).empty())
            words[operands.back()] = session_url(place, words[operands.back()]) + "/";
        return;
    }
    const std::size_t count = command == "mirror" ? 1 : operands.size();
    for (std::size_t i = 0; i < std::min(count, operands.size()); ++i) make_url(words[operands[i]]);
    if (command == "ls" && operands.empty()) words.push_back(session_url(place, ""));
}

std::string scheme_of_any(const std::vector<std::string>& words) {
    for (const auto& word : words)
        if (auto scheme = url_scheme(word); !scheme.empty() && word[0] != '-') return scheme;
    return {};
}

}  // namespace

std::string url_scheme(std::string_view word) {
    const auto colon = word.find(':');
    if (colon == std::string_view::npos || colon < 2) return {};
    const auto scheme = word.substr(0, colon);
    const bool letters = std::all_of(scheme.begin(), scheme.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '+' || c == '-' || c == '.';
    });
    const auto after = word.substr(colon + 1, 2);
    const bool url = after == "//" || (!after.empty() && after[0] == '?');  // "magnet:?xt=..."
    if (!letters || !url || std::isalpha(static_cast<unsigned char>(scheme[0])) == 0) return {};
    return std::string(scheme);
}

bool is_transfer_command(std::string_view word) {
    return std::find(kTransfers.begin(), kTransfers.end(), word) != kTransfers.end();
}

std::string join_session_path(std::string_view folder, std::string_view typed) {
    std::vector<std::string_view> parts;
    const auto walk = [&](std::string_view path) {
        while (!path.empty()) {
            const auto slash = std::min(path.find('/'), path.size());
            const auto part = path.substr(0, slash);
            path.remove_prefix(std::min(slash + 1, path.size()));
            if (part == ".." && !parts.empty()) parts.pop_back();
            if (!part.empty() && part != "." && part != "..") parts.push_back(part);
        }
    };
    if (typed.empty() || typed[0] != '/') walk(folder);
    walk(typed);
    std::string path;
    for (const auto part : parts) {
        if (!path.empty()) path += '/';
        path += part;
    }
    return path;
}

std::string session_url(const SessionPlace& place, std::string_view typed) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string url = place.base + "/";
    for (const char c : join_session_path(place.folder, typed)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain =
            byte > 0x20 && byte < 0x7f && std::string_view("%?#").find(c) == std::string_view::npos;
        if (plain)
            url += c;
        else
            ((url += '%') += kHex[byte >> 4U]) += kHex[byte & 15U];
    }
    return url;
}

Result<std::vector<std::string>> route_transfer(const CommandCatalog& catalog,
                                                const std::vector<std::string>& words,
                                                const std::optional<SessionPlace>& place) {
    const std::string& command = words[0];
    std::string scheme = scheme_of_any(words);
    if (scheme.empty() && place) scheme = url_scheme(place->base);
    if (scheme.empty()) return no_url(command);
    const std::string group = catalog.group_for_scheme(scheme);
    if (group.empty()) return no_plugin(command, scheme);
    const auto spec = catalog.find(group + " " + command);
    if (!spec)
        return make_error(ErrorCode::usage, "shell", group + " has no command '" + command + "'");
    std::vector<std::string> rest(words.begin() + 1, words.end());
    if (place && url_scheme(place->base) == scheme)
        place_operands(command, *place, operand_offsets(*spec, rest), rest);
    rest.insert(rest.begin(), {group, command});
    return rest;
}

}  // namespace gantry::host

#include <crypto/core/digest_line.h>

#include <algorithm>
#include <array>
#include <utility>

namespace gantry::crypto {
namespace {

constexpr std::array<std::pair<char, char>, 3> kEscapes{{{'\\', '\\'}, {'\n', 'n'}, {'\r', 'r'}}};
constexpr std::string_view kBlanks = " \t";

struct Escaped {
    std::string text;
    bool changed = false;
};

Escaped escape(std::string_view name) {
    Escaped out;
    for (const char c : name) {
        const auto found = std::ranges::find(kEscapes, c, &std::pair<char, char>::first);
        const bool special = found != kEscapes.end();
        if (special) out.text += '\\';
        out.text += special ? found->second : c;
        out.changed = out.changed || special;
    }
    return out;
}

std::optional<std::string> unescape(std::string_view text) {
    std::string name;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            name += text[i];
            continue;
        }
        if (++i == text.size()) return std::nullopt;
        const auto found = std::ranges::find(kEscapes, text[i], &std::pair<char, char>::second);
        if (found == kEscapes.end()) return std::nullopt;
        name += found->first;
    }
    return name;
}

void skip_blanks(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
}

std::optional<DigestAlgorithm> algorithm_of(std::size_t digits) {
    switch (digits) {
        case 64:
            return DigestAlgorithm::sha256;
        case 40:
            return DigestAlgorithm::sha1;
        case 32:
            return DigestAlgorithm::md5;
        default:
            return std::nullopt;
    }
}

// The entry when all of it holds; `name` is still escaped when `escaped`.
std::optional<DigestEntry> entry(std::string_view hex, std::string_view name, bool escaped) {
    const auto algorithm = algorithm_of(hex.size());
    const auto bytes = from_hex(hex);
    const auto plain = escaped ? unescape(name) : std::optional(std::string(name));
    if (!algorithm || !bytes || !plain || plain->empty()) return std::nullopt;
    return DigestEntry{*algorithm, to_hex(*bytes), *plain};
}

// "SHA256 (NAME) = HEX". The name may hold brackets, so its end is the last one.
std::optional<DigestEntry> tagged(std::string_view line, bool escaped) {
    constexpr std::array<std::pair<std::string_view, DigestAlgorithm>, 3> kTags{
        {{"SHA256", DigestAlgorithm::sha256},
         {"SHA1", DigestAlgorithm::sha1},
         {"MD5", DigestAlgorithm::md5}}};
    for (const auto& [tag, algorithm] : kTags) {
        auto rest = line;
        if (!rest.starts_with(tag)) continue;
        rest.remove_prefix(tag.size());
        skip_blanks(rest);
        const auto close = rest.rfind(')');
        if (!rest.starts_with('(') || close == std::string_view::npos) return std::nullopt;
        const auto name = rest.substr(1, close - 1);
        rest.remove_prefix(close + 1);
        skip_blanks(rest);
        if (!rest.starts_with('=')) return std::nullopt;
        rest.remove_prefix(1);
        skip_blanks(rest);
        auto read = entry(rest, name, escaped);
        return read && read->algorithm == algorithm ? read : std::nullopt;
    }
    return std::nullopt;
}

std::optional<DigestEntry> untagged(std::string_view line, bool escaped) {
    const auto end = line.find_first_of(kBlanks);
    if (end == std::string_view::npos) return std::nullopt;
    auto name = line.substr(end + 1);
    if (name.size() > 1 && (name.front() == ' ' || name.front() == '*')) name.remove_prefix(1);
    return entry(line.substr(0, end), name, escaped);
}

}  // namespace

std::string digest_line(std::string_view hex, std::string_view name) {
    const auto shown = escape(name);
    return (shown.changed ? "\\" : "") + std::string(hex) + "  " + shown.text + "\n";
}

std::string verdict_line(std::string_view name, std::string_view verdict) {
    const auto shown = escape(name);
    return (shown.changed ? "\\" : "") + shown.text + ": " + std::string(verdict) + "\n";
}

std::optional<DigestEntry> read_digest_line(std::string_view line) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    skip_blanks(line);
    const bool escaped = line.starts_with('\\');
    if (escaped) line.remove_prefix(1);
    if (auto read = tagged(line, escaped)) return read;
    return untagged(line, escaped);
}

bool is_digest_comment(std::string_view line) noexcept {
    return line.empty() || line == "\r" || line.starts_with('#');
}

}  // namespace gantry::crypto

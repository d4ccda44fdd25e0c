#include <gantry/crypto/known_hosts.h>

#include <algorithm>

namespace gantry {
namespace {

HostPort lower(HostPort host) {
    for (char& c : host.host)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return host;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_plain(std::string_view host) {
    return !host.empty() && host.front() != '#' &&
           std::ranges::all_of(host, [](char c) { return c > ' ' && c != 127; });
}

// Nothing when the line does not fit.
std::optional<KnownHost> parse_entry(std::string_view line) {
    const auto blank = line.find_first_of(" \t");
    if (blank == std::string_view::npos) return std::nullopt;
    auto host = HostPort::parse(line.substr(0, blank));
    auto fingerprint = Fingerprint::parse(trimmed(line.substr(blank)));
    if (!host || !fingerprint || host->port == 0 || !is_plain(host->host)) return std::nullopt;
    return KnownHost{lower(std::move(*host)), *fingerprint};
}

Error too_many() {
    return make_error(ErrorCode::limit, "tls",
                      "a known-hosts file has at most 1 MiB and 10000 hosts");
}

}  // namespace

Result<KnownHosts> KnownHosts::parse(std::string_view text) {
    if (text.size() > kMaxBytes) return too_many();
    KnownHosts read;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto content = trimmed(line);
        if (content.empty() || content.front() == '#') {
            read.lines_.push_back({std::string(line), {}});
            continue;
        }
        auto entry = parse_entry(content);
        if (!entry)
            return make_error(ErrorCode::integrity, "tls",
                              "line " + std::to_string(number) +
                                  " is neither 'HOST:PORT sha256:...' nor a comment");
        if (++read.entries_ > kMaxHosts) return too_many();
        read.lines_.push_back({std::string(line), std::move(entry)});
    }
    return read;
}

std::string KnownHosts::to_text() const {
    std::string text;
    for (const auto& line : lines_) (text += line.text) += '\n';
    return text;
}

std::vector<KnownHost> KnownHosts::all() const {
    std::vector<KnownHost> entries;
    for (const auto& line : lines_)
        if (line.entry) entries.push_back(*line.entry);
    return entries;
}

std::vector<Fingerprint> KnownHosts::find(const HostPort& host) const {
    std::vector<Fingerprint> found;
    const auto wanted = lower(host);
    for (const auto& line : lines_)
        if (line.entry && line.entry->host == wanted) found.push_back(line.entry->fingerprint);
    return found;
}

Result<bool> KnownHosts::add(const HostPort& host, const Fingerprint& fingerprint) {
    const auto known = find(host);
    if (std::ranges::find(known, fingerprint) != known.end()) return false;
    auto text = lower(host).to_string() + " " + fingerprint.to_string();
    auto entry = parse_entry(text);
    if (!entry)
        return make_error(ErrorCode::usage, "tls", "the host cannot be remembered",
                          host.to_string());
    if (entries_ >= kMaxHosts || to_text().size() + text.size() >= kMaxBytes) return too_many();
    ++entries_;
    lines_.push_back({std::move(text), std::move(entry)});
    return true;
}

std::size_t KnownHosts::remove(const HostPort& host) {
    const auto wanted = lower(host);
    const auto gone = std::erase_if(
        lines_, [&](const Line& line) { return line.entry && line.entry->host == wanted; });
    entries_ -= gone;
    return gone;
}

}  // namespace gantry

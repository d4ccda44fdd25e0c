#include <gantry/storage/whole_file.h>
#include <host/shell/fd_io.h>
#include <host/shell/history.h>
#include <host/shell/limits.h>
#include <host/shell/text.h>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <sstream>

namespace gantry::host {
namespace {

constexpr std::size_t kMaxFileBytes = 16 * 1024 * 1024;
constexpr std::array<std::string_view, 6> kSecretWords{"password", "passwd", "passphrase",
                                                       "secret",   "token",  "credential"};

// "--key", "api_key" and "psk" name a secret; "--key-file" names a file.
bool names_secret(std::string_view typed) {
    const auto name = lower_case(typed);
    if (name.ends_with("file") || name.ends_with("path")) return false;
    const auto holds = [&](std::string_view word) { return name.find(word) != std::string::npos; };
    return std::any_of(kSecretWords.begin(), kSecretWords.end(), holds) || name == "key" ||
           name == "psk" || name.ends_with("-key") || name.ends_with("_key");
}

bool url_has_password(std::string_view word) {
    const auto scheme = word.find("://");
    if (scheme == std::string_view::npos) return false;
    const auto authority = word.substr(scheme + 3, word.find('/', scheme + 3) - (scheme + 3));
    const auto at = authority.rfind('@');
    return at != std::string_view::npos &&
           authority.substr(0, at).find(':') != std::string_view::npos;
}

bool holds_secret(std::string_view word) {
    if (url_has_password(word)) return true;
    const auto dashes = std::min(word.find_first_not_of('-'), word.size());
    const auto name = word.substr(dashes, word.find('=') - dashes);
    const bool assigns = word.find('=') != std::string_view::npos;
    return (dashes > 0 || assigns) && names_secret(name);
}

}  // namespace

bool may_be_kept(std::string_view line) {
    if (line.empty() || line[0] == ' ' || line[0] == '\t') return false;
    if (line.size() > shell_limits::kHistoryLineBytes) return false;
    if (line.find('\n') != std::string_view::npos) return false;
    std::string word;
    for (const char c :
         std::string(line) + ' ') {  // cut at blanks and quotes, to be on the safe side
        if (c != ' ' && c != '\t' && c != '\'' && c != '"' && c != ';') {
            word += c;
            continue;
        }
        if (holds_secret(word)) return false;
        word.clear();
    }
    return true;
}

HistoryFile::HistoryFile(std::filesystem::path file, std::size_t most)
    : file_(most == 0 ? std::filesystem::path() : std::move(file)), most_(most) {}

std::vector<std::string> HistoryFile::load() {
    if (file_.empty()) return {};
    auto text = read_whole_file(file_, kMaxFileBytes);
    if (!text) return {};
    std::vector<std::string> lines;
    std::istringstream in(*text);
    for (std::string line; std::getline(in, line);)
        if (!line.empty()) lines.push_back(line);
    const bool grown = lines.size() > 2 * most_;
    if (lines.size() > most_)
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(most_));
    if (grown) {
        std::string kept;
        for (const auto& line : lines) (kept += line) += '\n';
        (void)write_file_atomically(file_, kept);
    }
    return lines;
}

bool HistoryFile::add(std::string_view line) {
    if (!may_be_kept(line)) return false;
    if (file_.empty()) return true;
    const int how = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC;
    OwnedFd fd(::open(file_.c_str(), how, 0600));
    if (!fd) {
        if (!write_file_atomically(file_, "")) return true;  // makes the folders
        fd = OwnedFd(::open(file_.c_str(), how, 0600));
    }
    if (fd) (void)write_all(fd.get(), std::string(line) + "\n");
    return true;
}

}  // namespace gantry::host

#include <crypto/net/file_lock.h>
#include <crypto/net/known_hosts_file.h>
#include <gantry/storage/whole_file.h>

#include <cstdlib>

namespace gantry::crypto {

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

// Empty without a home.
std::string default_path() {
    if (const auto config = variable("XDG_CONFIG_HOME"); config.starts_with('/'))
        return config + "/gantry/known_hosts";
    const auto home = variable("HOME");
    return home.empty() ? home : home + "/.config/gantry/known_hosts";
}

}  // namespace

void KnownHostsFile::set_path(std::string path) {
    path_ = path.empty() ? default_path() : std::move(path);
}

Result<KnownHosts> KnownHostsFile::load() {
    auto text = read_whole_file(path_, KnownHosts::kMaxBytes);
    if (!text && text.error().code == ErrorCode::not_found) return KnownHosts();
    if (!text) return std::move(text).error();
    auto known = KnownHosts::parse(*text);
    if (!known) known.error().context = path_;
    return known;
}

// Changes nothing when the change changed nothing.
template <class Change>
auto KnownHostsFile::change(const Change& make_change)
    -> decltype(make_change(std::declval<KnownHosts&>())) {
    if (path_.empty())
        return make_error(ErrorCode::usage, "crypto",
                          "there is no home folder for known hosts; set crypto.known_hosts");
    auto lock = FileLock::take(path_ + ".lock");
    if (!lock) return std::move(lock).error();
    auto known = load();
    if (!known) return std::move(known).error();
    auto changed = make_change(*known);
    if (!changed || !*changed) return changed;
    if (auto written = write_file_atomically(path_, known->to_text()); !written)
        return std::move(written).error();
    return changed;
}

Result<bool> KnownHostsFile::remember(const HostPort& host, const Fingerprint& fingerprint,
                                      OtherPins others) {
    return change([&](KnownHosts& known) {
        if (others == OtherPins::drop) known.remove(host);
        return known.add(host, fingerprint);
    });
}

Result<std::size_t> KnownHostsFile::forget(const HostPort& host) {
    return change([&](KnownHosts& known) { return Result<std::size_t>(known.remove(host)); });
}

}  // namespace gantry::crypto

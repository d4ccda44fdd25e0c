#include <gantry/plugin/abi.h>
#include <host/loader/gate.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace gantry::host {

namespace {

using Fields = std::map<std::string, std::string>;

// "a=1 b=2". A word without '=' is a field without a value.
Fields split_fields(const std::string& fingerprint) {
    Fields fields;
    std::istringstream in(fingerprint);
    for (std::string word; in >> word;) {
        const auto equals = std::min(word.find('='), word.size());
        fields[word.substr(0, equals)] = word.substr(std::min(equals + 1, word.size()));
    }
    return fields;
}

std::string remedy(const std::string& field) {
    if (field == "sanitizer")
        return "build plugin and host with the same sanitizer, or both without";
    if (field == "machine") return "build the plugin on this machine's architecture";
    if (field == "debug") return "build both with or both without _GLIBCXX_DEBUG";
    if (field == "strings") return "build both with the same _GLIBCXX_USE_CXX11_ABI";
    if (field == "libstdc++") return "build the plugin with the host's version of libstdc++";
    return "build the plugin with this host's SDK";
}

Error refusal(const std::string& field, const std::string& wanted, const std::string& found,
              const std::string& mend) {
    return make_error(ErrorCode::plugin, "loader",
                      "the plugin does not fit this host: " + field + " is " +
                          (found.empty() ? "missing" : found) + ", but " + wanted + " is wanted; " +
                          mend);
}

}  // namespace

HostAbi this_host() { return {GANTRY_ABI_MAJOR, GANTRY_ABI_MINOR, GANTRY_FINGERPRINT}; }

Result<void> check_gate(const Descriptor& plugin, const HostAbi& host) {
    if (plugin.abi_major != host.major)
        return refusal("abi.major", std::to_string(host.major), std::to_string(plugin.abi_major),
                       plugin.abi_major > host.major
                           ? "update the host, or build the plugin with this host's SDK"
                           : "build the plugin with this host's SDK");
    if (plugin.abi_minor > host.minor)
        return refusal("abi.minor", "at most " + std::to_string(host.minor),
                       std::to_string(plugin.abi_minor),
                       "update the host, or build the plugin with this host's SDK");
    if (plugin.fingerprint == host.fingerprint) return {};
    Fields found = split_fields(plugin.fingerprint);
    for (const auto& [field, wanted] : split_fields(host.fingerprint))
        if (found[field] != wanted)
            return refusal("the fingerprint's " + field, wanted, found[field], remedy(field));
    return refusal("the fingerprint", "\"" + host.fingerprint + "\"",
                   "\"" + plugin.fingerprint + "\"", remedy({}));
}

}  // namespace gantry::host

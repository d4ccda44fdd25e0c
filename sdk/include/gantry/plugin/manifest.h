#pragma once

#include <gantry/command/spec.h>
#include <gantry/core/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gantry {

struct ServiceNeed {
    std::string id;
    std::uint32_t version = 1;
    std::string instance;
    bool operator==(const ServiceNeed&) const = default;
};

struct SettingSpec {
    std::string key;  // within the plugin: "port" is set as "cs.port"
    ValueKind kind = ValueKind::text;
    std::string fallback;
    std::string summary;
    std::vector<std::string> choices;
    bool operator==(const SettingSpec&) const = default;
};

// What a plugin says about itself in plugin.json, before any of its code runs.
struct Manifest {
    std::string name;  // "cs"
    std::string version;
    std::string license;
    std::string summary;
    std::string group;                 // first word of its commands: "bt" for bittorrent
    std::vector<std::string> schemes;  // URL schemes whose get, put, ls ... are this group's
    std::vector<ServiceNeed> requires_services;
    std::vector<ServiceNeed> optional_services;
    std::vector<ServiceNeed> provides_services;
    std::vector<SettingSpec> settings;
    std::vector<CommandSpec> commands;
    bool operator==(const Manifest&) const = default;
};

// The whole note: what the gate checks, and the manifest.
struct Descriptor {
    std::uint32_t abi_major = 0;
    std::uint32_t abi_minor = 0;
    std::string fingerprint;
    Manifest manifest;
    bool operator==(const Descriptor&) const = default;
};

// Both read foreign bytes: bounded in size, depth and count, unknown members refused by name, every
// command linted. Errors are ErrorCode::plugin and say where ("commands[2].options[0].kind").
// In the library gantry_manifest, which the host and the testing kit link and plugins do not.
Result<Manifest> parse_manifest(std::string_view json);
Result<Descriptor> parse_descriptor(std::string_view json);

namespace manifest_limits {
inline constexpr std::size_t kBytes = 256 * 1024;
inline constexpr std::size_t kDepth = 12;
inline constexpr std::size_t kCommands = 128;
inline constexpr std::size_t kOptions = 64;      // of a command
inline constexpr std::size_t kTextBytes = 4096;  // of one string
}  // namespace manifest_limits

}  // namespace gantry

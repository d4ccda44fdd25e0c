#pragma once

#include <gantry/plugin/manifest.h>

#include <string>

namespace gantry::host {

// What the gate compares a descriptor with.
struct HostAbi {
    std::uint32_t major = 0;
    std::uint32_t minor = 0;
    std::string fingerprint;
};

// This program's own.
HostAbi this_host();

// Whether C++ objects of that plugin and of the host may meet: the major numbers are equal, the
// plugin's minor is not newer, the fingerprints are equal. A refusal (ErrorCode::plugin) says which
// field, what was wanted, what was found and how to mend it.
Result<void> check_gate(const Descriptor& plugin, const HostAbi& host);

}  // namespace gantry::host

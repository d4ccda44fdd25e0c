#pragma once

#include <gantry/net/endpoint.h>

#include <algorithm>

namespace gantry::cs {

// Who counts as one client where limits are per address: an IPv4 address, or the /64 of an IPv6
// address, all of which usually belong to one machine.
inline IpAddress client_network(const IpAddress& address) {
    if (address.is_v4() || address.is_loopback()) return address;
    auto bytes = address.bytes();
    std::fill(bytes.begin() + bytes.size() / 2, bytes.end(), std::byte{0});
    return IpAddress::v6(bytes);
}

}  // namespace gantry::cs

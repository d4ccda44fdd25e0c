#pragma once

#include <gantry/net/connector.h>

#include <vector>

#include "owned_socket.h"

namespace gantry::host {

// The addresses that the policy lets us use, families in turn, the first one's first (RFC 8305
// section 4). denied when none is left.
Result<std::vector<IpAddress>> allowed_addresses(const ConnectPolicy& policy,
                                                 const std::vector<IpAddress>& addresses);

// Where to listen or bind when `at` is asked for. denied when the policy has another address.
Result<Endpoint> allowed_local(const ConnectPolicy& policy, Endpoint at);

// Ties a new socket to the policy's interface; `to_address` also to its address. denied when the
// machine cannot.
Result<void> apply_policy(const ConnectPolicy& policy, OwnedSocket& socket);
Result<void> bind_to_policy_address(const ConnectPolicy& policy, OwnedSocket& socket, int family);

// As bind(2), with its errors in words; on an IPv6 socket, IPv4 is let in where the policy allows.
Result<void> bind_socket(const ConnectPolicy& policy, OwnedSocket& socket, const Endpoint& at);

}  // namespace gantry::host

#include "connect_policy.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "socket_address.h"

namespace gantry::host {

namespace {

bool allows(const ConnectPolicy& policy, const IpAddress& address) {
    if (!(address.is_v4() ? policy.allow_v4 : policy.allow_v6)) return false;
    return !policy.bind_address || policy.bind_address->is_v4() == address.is_v4();
}

Error denied(std::string message, std::string context = {}) {
    return make_error(ErrorCode::denied, "net", std::move(message), std::move(context));
}

IpAddress any_v4() { return IpAddress::v4({}); }

}  // namespace

Result<std::vector<IpAddress>> allowed_addresses(const ConnectPolicy& policy,
                                                 const std::vector<IpAddress>& addresses) {
    std::vector<IpAddress> families[2];  // the first address's, the other
    for (const IpAddress& address : addresses)
        if (allows(policy, address))
            families[address.is_v4() != addresses.front().is_v4()].push_back(address);
    std::vector<IpAddress> in_turn;
    for (std::size_t i = 0; i < std::max(families[0].size(), families[1].size()); ++i)
        for (const auto& family : families)
            if (i < family.size()) in_turn.push_back(family[i]);
    if (in_turn.empty()) return denied("the connection policy allows no address of this host");
    return in_turn;
}

Result<Endpoint> allowed_local(const ConnectPolicy& policy, Endpoint at) {
    if (at.address.is_unspecified()) {
        if (policy.bind_address)
            at.address = *policy.bind_address;
        else if (!at.address.is_v4() && !policy.allow_v6)
            at.address = any_v4();
    }
    if (policy.bind_address && at.address != *policy.bind_address)
        return denied("the connection policy has another local address", at.to_string());
    const bool open_to_v4 = at.address.is_unspecified() && policy.allow_v4;
    if (!allows(policy, at.address) && !open_to_v4)
        return denied("the connection policy does not allow this address", at.to_string());
    return at;
}

Result<void> apply_policy(const ConnectPolicy& policy, OwnedSocket& socket) {
    if (policy.bind_interface.empty()) return {};
    if (auto tied = socket.set(SOL_SOCKET, SO_BINDTODEVICE, policy.bind_interface); !tied)
        return denied("this interface cannot be used: " + tied.error().message,
                      policy.bind_interface);
    return {};
}

Result<void> bind_to_policy_address(const ConnectPolicy& policy, OwnedSocket& socket, int family) {
    if (!policy.bind_address) return {};
    // The port is picked by connect(), so that one port can serve several destinations.
    (void)socket.set(IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1);
    const SocketAddress address(Endpoint{*policy.bind_address, 0}, family);
    if (::bind(socket.fd(), address.data(), address.size()) != 0)
        return denied("this address cannot be left from: " + error_from_errno(errno, "net").message,
                      policy.bind_address->to_string());
    return {};
}

Result<void> bind_socket(const ConnectPolicy& policy, OwnedSocket& socket, const Endpoint& at) {
    const int family = family_of(at);
    if (family == AF_INET6) {
        const bool v6_only = !at.address.is_unspecified() || !policy.allow_v4;
        if (auto set = socket.set(IPPROTO_IPV6, IPV6_V6ONLY, v6_only ? 1 : 0); !set) return set;
    }
    const SocketAddress address(at, family);
    if (::bind(socket.fd(), address.data(), address.size()) != 0)
        return error_from_errno(errno, "net", at.to_string());
    return {};
}

}  // namespace gantry::host

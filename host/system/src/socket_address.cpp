#include "socket_address.h"

#include <algorithm>
#include <cstring>

namespace gantry::host {

namespace {

constexpr std::size_t kV4Offset = 12;  // of the address within its mapped form

Endpoint ask(int fd, int (*question)(int, sockaddr*, socklen_t*)) {
    SocketAddress address;
    socklen_t size = SocketAddress::kCapacity;
    const bool answered = question(fd, address.data(), &size) == 0;
    return (answered ? address.endpoint() : std::nullopt).value_or(Endpoint{});
}

}  // namespace

SocketAddress::SocketAddress(const Endpoint& endpoint, int family) {
    const auto& bytes = endpoint.address.bytes();
    if (family == AF_INET) {
        storage_.v4 = {};
        storage_.v4.sin_family = AF_INET;
        storage_.v4.sin_port = htons(endpoint.port);
        std::memcpy(&storage_.v4.sin_addr, bytes.data() + kV4Offset, sizeof(in_addr));
        size_ = sizeof storage_.v4;
    } else {
        storage_.v6.sin6_family = AF_INET6;
        storage_.v6.sin6_port = htons(endpoint.port);
        std::memcpy(&storage_.v6.sin6_addr, bytes.data(), bytes.size());
        size_ = sizeof storage_.v6;
    }
}

SocketAddress::SocketAddress(const sockaddr* data, socklen_t size)
    : size_(std::min(size, kCapacity)) {
    std::memcpy(&storage_, data, size_);
}

std::optional<Endpoint> SocketAddress::endpoint() const {
    if (storage_.any.sa_family == AF_INET) {
        std::array<std::byte, 4> bytes{};
        std::memcpy(bytes.data(), &storage_.v4.sin_addr, bytes.size());
        return Endpoint{IpAddress::v4(bytes), ntohs(storage_.v4.sin_port)};
    }
    if (storage_.any.sa_family == AF_INET6) {
        std::array<std::byte, 16> bytes{};
        std::memcpy(bytes.data(), &storage_.v6.sin6_addr, bytes.size());
        return Endpoint{IpAddress::v6(bytes), ntohs(storage_.v6.sin6_port)};
    }
    return std::nullopt;
}

Endpoint local_endpoint(int fd) { return ask(fd, &::getsockname); }
Endpoint peer_endpoint(int fd) { return ask(fd, &::getpeername); }

}  // namespace gantry::host

#pragma once

#include <gantry/net/endpoint.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>

namespace gantry::host {

// An Endpoint in the system's form.
class SocketAddress {
  public:
    SocketAddress() = default;
    // For a socket of this family: an IPv4 address has its mapped form on an AF_INET6 socket.
    SocketAddress(const Endpoint& endpoint, int family);
    SocketAddress(const sockaddr* data, socklen_t size);

    sockaddr* data() noexcept { return &storage_.any; }
    const sockaddr* data() const noexcept { return &storage_.any; }
    socklen_t size() const noexcept { return size_; }
    static constexpr socklen_t kCapacity = sizeof(sockaddr_in6);
    // Nothing for another family than the two of IP.
    std::optional<Endpoint> endpoint() const;

  private:
    union Storage {  // sockaddr_storage is four times as large
        sockaddr any;
        sockaddr_in v4;
        sockaddr_in6 v6;
    };
    Storage storage_{.v6 = {}};
    socklen_t size_ = 0;
};

inline int family_of(const Endpoint& endpoint) {
    return endpoint.address.is_v4() ? AF_INET : AF_INET6;
}

// What a socket is bound and connected to; 0.0.0.0:0 when it is not.
Endpoint local_endpoint(int fd);
Endpoint peer_endpoint(int fd);

}  // namespace gantry::host

#include <host/system/system_connector.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <cerrno>

#include "connect_operation.h"
#include "connect_policy.h"
#include "resolver.h"
#include "socket_address.h"
#include "tcp_listener.h"
#include "udp_socket.h"

namespace gantry::host {

SystemConnector::SystemConnector(ConnectPolicy policy)
    : policy_(std::move(policy)), resolver_(std::make_unique<Resolver>()) {}

SystemConnector::~SystemConnector() = default;

Registration SystemConnector::resolve(EventLoop& loop, const std::string& host,
                                      ResolveCallback done) {
    return resolver_->resolve(loop, host,
                              [policy = policy_, host, done = std::move(done)](
                                  Result<std::vector<IpAddress>> found) mutable {
                                  if (!found) return done(std::move(found));
                                  auto allowed = allowed_addresses(policy, *found);
                                  if (!allowed) allowed.error().context = host;
                                  return done(std::move(allowed));
                              });
}

Registration SystemConnector::connect(EventLoop& loop, const HostPort& to,
                                      const ConnectOptions& options, ConnectCallback done) {
    auto operation =
        std::make_unique<ConnectOperation>(policy_, *resolver_, loop, to, std::move(done));
    operation->start(options.timeout);
    return Registration(std::move(operation));
}

Result<std::unique_ptr<Listener>> SystemConnector::listen(EventLoop& loop, const Endpoint& at,
                                                          const ListenOptions& options,
                                                          AcceptCallback accepted) {
    auto local = allowed_local(policy_, at);
    if (!local) return std::move(local).error();
    auto socket = OwnedSocket::open(family_of(*local), SOCK_STREAM);
    if (!socket) return std::move(socket).error();
    if (auto tied = apply_policy(policy_, *socket); !tied) return std::move(tied).error();
    // A server that starts again need not wait for its old connections to be forgotten.
    (void)socket->set(SOL_SOCKET, SO_REUSEADDR, 1);
    if (options.reuse_port) (void)socket->set(SOL_SOCKET, SO_REUSEPORT, 1);
    if (auto bound = bind_socket(policy_, *socket, *local); !bound) return std::move(bound).error();
    if (::listen(socket->fd(), options.backlog) != 0)
        return error_from_errno(errno, "net", local->to_string());
    return TcpListener::make(loop, std::move(*socket), std::move(accepted));
}

Result<std::unique_ptr<DatagramSocket>> SystemConnector::open_datagram(
    EventLoop& loop, const Endpoint& at, const DatagramOptions& options) {
    auto local = allowed_local(policy_, at);
    if (!local) return std::move(local).error();
    auto socket = OwnedSocket::open(family_of(*local), SOCK_DGRAM);
    if (!socket) return std::move(socket).error();
    if (auto tied = apply_policy(policy_, *socket); !tied) return std::move(tied).error();
    if (auto bound = bind_socket(policy_, *socket, *local); !bound) return std::move(bound).error();
    return UdpSocket::make(loop, std::move(*socket), family_of(*local), options);
}

}  // namespace gantry::host

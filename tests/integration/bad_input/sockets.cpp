#include "sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace gantry::testing {
namespace {

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

sockaddr_in local(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int make_socket() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) fail("socket");
    return socket;
}

bool wait_readable(int socket, Connection::Limit limit) {
    pollfd watched{socket, POLLIN, 0};
    const int ready = ::poll(&watched, 1, static_cast<int>(limit.count()));
    if (ready < 0) fail("poll");
    return ready > 0;
}

}  // namespace

Connection Connection::to(std::uint16_t port) {
    Connection connection(make_socket());
    const sockaddr_in address = local(port);
    if (::connect(connection.socket_, reinterpret_cast<const sockaddr*>(&address),
                  sizeof address) != 0)
        fail("connect");
    return connection;
}

Connection::Connection(Connection&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)), waiting_(std::move(other.waiting_)) {}

Connection::~Connection() { close(); }

void Connection::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

bool Connection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0 && (errno == EPIPE || errno == ECONNRESET)) return false;
        if (count < 0) fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool Connection::readable(Limit limit) { return wait_readable(socket_, limit); }

std::string Connection::receive(Limit limit) {
    if (!waiting_.empty()) return std::exchange(waiting_, {});
    if (!readable(limit)) throw std::runtime_error("nothing came in time");
    std::string bytes(64 * 1024, '\0');
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count < 0 && errno != ECONNRESET) fail("recv");
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
}

std::optional<wire::Frame> Connection::receive_frame(Limit limit) {
    std::string bytes;
    const auto fill = [&](std::size_t size) {
        while (bytes.size() < size) {
            const std::string more = receive(limit);
            if (more.empty()) return false;
            bytes += more;
        }
        return true;
    };
    if (!fill(wire::kHeader)) return std::nullopt;
    wire::Frame frame = wire::read_header(bytes);
    if (frame.length < wire::kHeader) throw std::runtime_error("a frame shorter than its header");
    if (!fill(frame.length)) return std::nullopt;
    frame.body = bytes.substr(wire::kHeader, frame.length - wire::kHeader);
    waiting_ = bytes.substr(frame.length);
    return frame;
}

void Connection::await_end(Limit limit) {
    while (!receive(limit).empty()) {
    }
}

void Connection::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

Listener::Listener() : socket_(make_socket()) {
    sockaddr_in address = local(0);
    socklen_t size = sizeof address;
    if (::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(socket_, 16) != 0 ||
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        fail("listen");
    port_ = ntohs(address.sin_port);
}

Listener::~Listener() { ::close(socket_); }

Connection Listener::accept(Connection::Limit limit) {
    if (!wait_readable(socket_, limit)) throw std::runtime_error("nobody connected in time");
    const int accepted = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
    if (accepted < 0) fail("accept4");
    return Connection(accepted);
}

}  // namespace gantry::testing

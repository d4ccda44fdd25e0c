#include "owned_socket.h"

#include <Poco/Net/SocketImpl.h>
#include <sys/socket.h>

#include <cerrno>

namespace gantry::host {

namespace {

// SocketImpl lets only its heirs take over a descriptor.
class Impl final : public Poco::Net::SocketImpl {
  public:
    explicit Impl(int fd) : SocketImpl(fd) {}
};

}  // namespace

OwnedSocket::OwnedSocket(int fd) : Socket(new Impl(fd)) {}

Result<OwnedSocket> OwnedSocket::open(int family, int type) {
    const int fd = ::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return error_from_errno(errno, "net");
    return OwnedSocket(fd);
}

Result<void> OwnedSocket::set(int level, int option, int value) {
    if (::setsockopt(fd(), level, option, &value, sizeof value) != 0)
        return error_from_errno(errno, "net");
    return {};
}

Result<void> OwnedSocket::set(int level, int option, const std::string& value) {
    const auto size = static_cast<socklen_t>(value.size());
    if (::setsockopt(fd(), level, option, value.data(), size) != 0)
        return error_from_errno(errno, "net");
    return {};
}

int OwnedSocket::take_error() const {
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(fd(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

}  // namespace gantry::host

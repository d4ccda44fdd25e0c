#include "connect_operation.h"

#include <host/system/system_connector.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "connect_policy.h"
#include "resolver.h"
#include "socket_address.h"
#include "tcp_stream.h"

namespace gantry::host {

namespace {
// Keeps the deadline within the time line, whatever is asked for.
constexpr Duration kLongest = std::chrono::hours(24 * 365);
}  // namespace

ConnectOperation::ConnectOperation(const ConnectPolicy& policy, Resolver& resolver, EventLoop& loop,
                                   HostPort to, ConnectCallback done)
    : policy_(policy),
      resolver_(resolver),
      loop_(loop),
      to_(std::move(to)),
      done_(std::move(done)) {}

void ConnectOperation::make_timers(Duration timeout) {
    deadline_ = loop_.make_timer([this] {
        return finish(
            make_error(ErrorCode::timeout, "net", "no connection in time", to_.to_string()));
    });
    deadline_->arm(loop_.now() + std::min(timeout, kLongest));
    head_start_ = loop_.make_timer([this] { return try_next(); });
}

void ConnectOperation::start(Duration timeout) {
    make_timers(timeout);
    lookup_ = resolver_.resolve(loop_, to_.host, [this](Result<std::vector<IpAddress>> addresses) {
        return on_addresses(std::move(addresses));
    });
}

void ConnectOperation::start_with(std::vector<IpAddress> addresses, Duration timeout) {
    make_timers(timeout);
    addresses_ = std::move(addresses);
    head_start_->arm(loop_.now());
}

Result<void> ConnectOperation::on_addresses(Result<std::vector<IpAddress>> addresses) {
    if (!addresses) return finish(std::move(addresses).error());
    auto allowed = allowed_addresses(policy_, *addresses);
    if (!allowed) {
        allowed.error().context = to_.to_string();
        return finish(std::move(allowed).error());
    }
    addresses_ = std::move(*allowed);
    if (addresses_.size() > SystemConnector::kMaxAddresses)
        addresses_.resize(SystemConnector::kMaxAddresses);
    return try_next();
}

Result<void> ConnectOperation::try_next() {
    while (next_ < addresses_.size()) {
        const Endpoint to{addresses_[next_++], to_.port};
        auto begun = begin(to);
        if (begun) {
            head_start_->arm(loop_.now() + SystemConnector::kAttemptDelay);
            return {};
        }
        if (!first_error_) first_error_ = std::move(begun).error();
    }
    if (attempts_.empty()) return finish(*first_error_);
    return {};
}

Result<void> ConnectOperation::begin(const Endpoint& to) {
    const int family = family_of(to);
    auto socket = OwnedSocket::open(family, SOCK_STREAM);
    if (!socket) return std::move(socket).error();
    if (auto tied = apply_policy(policy_, *socket); !tied) return tied;
    if (auto bound = bind_to_policy_address(policy_, *socket, family); !bound) return bound;
    const SocketAddress address(to, family);
    if (::connect(socket->fd(), address.data(), address.size()) != 0 && errno != EINPROGRESS)
        return error_from_errno(errno, "net", to.to_string());
    const auto attempt = attempts_.insert(attempts_.end(), Attempt{to, std::move(*socket), {}});
    auto watch = loop_.watch(attempt->socket.fd(), Interest::write,
                             [this, attempt](Readiness) { return on_ready(attempt); });
    if (!watch) {
        attempts_.erase(attempt);
        return std::move(watch).error();
    }
    attempt->watch = std::move(*watch);
    return {};
}

Result<void> ConnectOperation::on_ready(Attempts::iterator attempt) {
    const int error = attempt->socket.take_error();
    const Endpoint to = attempt->to;
    OwnedSocket socket = std::move(attempt->socket);
    attempts_.erase(attempt);
    if (error != 0) return failed(error_from_errno(error, "net", to.to_string()));
    // A port that nobody listens on can be picked as our own, and then answers itself.
    if (local_endpoint(socket.fd()) == to)
        return failed(error_from_errno(ECONNREFUSED, "net", to.to_string()));
    return succeed(std::move(socket));
}

Result<void> ConnectOperation::failed(Error error) {
    if (!first_error_) first_error_ = std::move(error);
    return try_next();
}

Result<void> ConnectOperation::succeed(OwnedSocket socket) {
    return finish(TcpStream::make(loop_, std::move(socket)));
}

// The callback may drop the Registration, and so this.
Result<void> ConnectOperation::finish(Result<std::unique_ptr<Stream>> outcome) {
    ConnectCallback done = std::move(done_);
    attempts_.clear();
    head_start_.reset();
    deadline_.reset();
    lookup_.release();
    return done(std::move(outcome));
}

}  // namespace gantry::host

#include "tcp_listener.h"

#include <sys/socket.h>

#include <cerrno>

#include "socket_address.h"
#include "tcp_stream.h"

namespace gantry::host {

namespace {

// The process or the machine has no room for one more; the connection stays in the backlog.
bool is_shortage(int error) {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

}  // namespace

Result<std::unique_ptr<Listener>> TcpListener::make(EventLoop& loop, OwnedSocket socket,
                                                    AcceptCallback accepted) {
    auto listener = std::make_unique<TcpListener>(loop, std::move(socket), std::move(accepted));
    if (auto started = listener->start(); !started) return std::move(started).error();
    return listener;
}

TcpListener::TcpListener(EventLoop& loop, OwnedSocket socket, AcceptCallback accepted)
    : loop_(loop), socket_(std::move(socket)), accepted_(std::move(accepted)) {}

Result<void> TcpListener::start() {
    auto watch =
        loop_.watch(socket_.fd(), Interest::read, [this](Readiness) { return accept_waiting(); });
    if (!watch) return std::move(watch).error();
    watch_ = std::move(*watch);
    retry_ = loop_.make_timer([this] {
        if (!paused_) watch_->set_interest(Interest::read);
    });
    return {};
}

Endpoint TcpListener::local() const { return local_endpoint(socket_.fd()); }

void TcpListener::pause() {
    paused_ = true;
    retry_->disarm();
    watch_->set_interest(Interest::none);
}

void TcpListener::resume() {
    paused_ = false;
    watch_->set_interest(Interest::read);
}

void TcpListener::rest() {
    watch_->set_interest(Interest::none);
    retry_->arm(loop_.now() + kRetry);
}

// Errors of accept() other than a shortage are those of one connection, which is gone (accept(2),
// "Error handling"); the next one may be fine.
Result<void> TcpListener::accept_waiting() {
    const Lifetime::Observer observer(lifetime_);
    Result<void> outcome;
    for (int i = 0; i < kBatch && !observer.gone() && !paused_; ++i) {
        const int fd = ::accept4(socket_.fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0)
            outcome = both(std::move(outcome), hand_over(fd));
        else if (errno == EAGAIN)
            break;
        else if (is_shortage(errno))
            return rest(), outcome;
    }
    return outcome;
}

// A connection that cannot be watched, for want of memory, is dropped.
Result<void> TcpListener::hand_over(int fd) {
    auto stream = TcpStream::make(loop_, OwnedSocket(fd));
    if (!stream) return {};
    return lifetime_.call(accepted_, std::move(*stream));
}

}  // namespace gantry::host

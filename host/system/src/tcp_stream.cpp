#include "tcp_stream.h"

#include <gantry/net/send_copy.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "cached_read.h"
#include "socket_address.h"

namespace gantry::host {

namespace {

constexpr std::size_t kGather = 64;          // buffers of one system call
constexpr std::size_t kCopied = 128 * 1024;  // bytes of a file, at once

// Nothing now; asked again when the socket is ready.
bool is_transient(int error) { return error == EAGAIN || error == EINTR; }

}  // namespace

Result<std::unique_ptr<Stream>> TcpStream::make(EventLoop& loop, OwnedSocket socket) {
    auto stream = std::make_unique<TcpStream>(loop, std::move(socket));
    if (auto started = stream->start(); !started) return std::move(started).error();
    return stream;
}

TcpStream::TcpStream(EventLoop& loop, OwnedSocket socket)
    : loop_(loop),
      socket_(std::move(socket)),
      local_(local_endpoint(socket_.fd())),
      peer_(peer_endpoint(socket_.fd())) {}

Result<void> TcpStream::start() {
    (void)socket_.set(IPPROTO_TCP, TCP_NODELAY, 1);  // a reset connection refuses it: told later
    keep_alive();
    auto watch = loop_.watch(socket_.fd(), Interest::none,
                             [this](Readiness ready) { return on_ready(ready); });
    if (!watch) return std::move(watch).error();
    watch_ = std::move(*watch);
    return {};
}

// With a user time-out the system stops asking by it, not by the count of probes (tcp(7)).
void TcpStream::keep_alive() {
    const auto patience = kKeepAliveAfter + kKeepAliveEvery * kKeepAliveProbes;
    const auto seconds = [](std::chrono::seconds s) { return static_cast<int>(s.count()); };
    (void)socket_.set(SOL_SOCKET, SO_KEEPALIVE, 1);
    (void)socket_.set(IPPROTO_TCP, TCP_KEEPIDLE, seconds(kKeepAliveAfter));
    (void)socket_.set(IPPROTO_TCP, TCP_KEEPINTVL, seconds(kKeepAliveEvery));
    (void)socket_.set(IPPROTO_TCP, TCP_KEEPCNT, kKeepAliveProbes);
    (void)socket_.set(IPPROTO_TCP, TCP_USER_TIMEOUT, seconds(patience) * 1000);
}

void TcpStream::set_callbacks(StreamCallbacks callbacks) {
    lifetime_.callbacks_replaced();
    callbacks_ = std::move(callbacks);
}

void TcpStream::set_interest(Interest interest) {
    interest_ = interest;
    if (watch_) watch_->set_interest(interest);
}

Result<void> TcpStream::on_ready(Readiness ready) {
    const Lifetime::Observer observer(lifetime_);
    Result<void> outcome;
    if (ready.hangup) outcome = on_hangup();
    if (!observer.gone() && !closed_ && ready.readable && wants_read(interest_))
        outcome = both(std::move(outcome), lifetime_.call(callbacks_.readable));
    if (!observer.gone() && !closed_ && ready.writable && wants_write(interest_))
        outcome = both(std::move(outcome), lifetime_.call(callbacks_.writable));
    return outcome;
}

// With both directions ended in order the system also reports a hang-up; that is no failure.
Result<void> TcpStream::on_hangup() {
    if (const int error = socket_.take_error(); error != 0) (void)failed(error);
    return error_ ? tell_closed() : Result<void>{};
}

Result<void> TcpStream::tell_closed() {
    if (closed_) return {};
    closed_ = true;
    watch_.reset();
    return lifetime_.call(callbacks_.closed, *error_);
}

Error TcpStream::failed(int errno_value) {
    if (!error_) {
        error_ = error_from_errno(errno_value, "net", peer_.to_string());
        failure_ = loop_.make_timer([this] { return tell_closed(); });
        failure_->arm(loop_.now());
    }
    return *error_;
}

Result<void> TcpStream::usable(bool to_write) const {
    if (error_) return *error_;
    if (closed_) return make_error(ErrorCode::closed, "net", "the connection was aborted");
    if (to_write && finished_)
        return make_error(ErrorCode::closed, "net", "writing was finished before");
    return {};
}

Result<ReadOutcome> TcpStream::read(ByteSpan into) {
    if (auto state = usable(false); !state) return std::move(state).error();
    if (into.empty()) return ReadOutcome{};
    const ssize_t got = ::recv(socket_.fd(), into.data(), into.size(), 0);
    if (got > 0) return ReadOutcome{.bytes = static_cast<std::size_t>(got)};
    if (got == 0) return ReadOutcome{.end = true};
    if (is_transient(errno)) return ReadOutcome{};
    return failed(errno);
}

Result<std::size_t> TcpStream::write(std::span<const ByteView> buffers) {
    if (auto state = usable(true); !state) return std::move(state).error();
    std::size_t written = 0;
    while (!buffers.empty()) {
        std::array<iovec, kGather> parts;
        const std::size_t count = std::min(buffers.size(), kGather);
        std::size_t offered = 0;
        for (std::size_t i = 0; i < count; ++i) {
            // sendmsg does not write to what it sends.
            parts[i] = {const_cast<std::byte*>(buffers[i].data()), buffers[i].size()};
            offered += buffers[i].size();
        }
        buffers = buffers.subspan(count);
        if (offered == 0) continue;
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t sent = ::sendmsg(socket_.fd(), &message, MSG_NOSIGNAL);
        if (sent < 0 && !is_transient(errno)) return failed(errno);
        if (sent > 0) written += static_cast<std::size_t>(sent);
        if (sent < static_cast<ssize_t>(offered)) {
            send_buffer_.note_full(socket_);
            break;
        }
    }
    return written;
}

Result<std::size_t> TcpStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    if (auto state = usable(true); !state) return std::move(state).error();
    if (count == 0) return std::size_t{0};
    count = std::min(count, kMaxSendFile);
    if (file.descriptor()) return send_descriptor(file, offset, count);
    return send_copy(*this, file, offset, count);
}

Result<std::size_t> TcpStream::send_descriptor(File& file, std::uint64_t offset,
                                               std::size_t count) {
    if (peer_.address.is_loopback())
        if (auto sent = send_cached(*file.descriptor(), offset, count); !sent || *sent > 0)
            return sent;
    auto position = static_cast<off_t>(offset);
    const ssize_t sent = ::sendfile(socket_.fd(), *file.descriptor(), &position, count);
    if (sent > 0) return static_cast<std::size_t>(sent);
    if (sent == 0) return make_error(ErrorCode::range, "net", "the file ends before the offset");
    if (is_transient(errno)) {
        send_buffer_.note_full(socket_);
        return std::size_t{0};
    }
    if (errno == EINVAL || errno == ENOSYS) return send_copy(*this, file, offset, count);
    if (errno == EIO) return error_from_errno(errno, "storage");  // the file's, not the peer's
    return failed(errno);
}

// The peer's copy out of a file's own pages costs more than ours and its out of a buffer that stays
// in the cache; it has no processor of its own here. 0: ask the system.
Result<std::size_t> TcpStream::send_cached(int file, std::uint64_t offset, std::size_t count) {
    std::array<std::byte, kCopied> buffer;
    std::size_t total = 0;
    while (total < count) {
        const auto into = ByteSpan(buffer).first(std::min(buffer.size(), count - total));
        const auto read = read_cached(file, offset + total, into);
        if (read == 0) break;
        auto sent = send_some(into.first(read));
        if (!sent && total == 0) return sent;
        total += sent ? *sent : 0;
        if (!sent || *sent < read) break;
    }
    return total;
}

Result<std::size_t> TcpStream::send_some(ByteView bytes) {
    const ssize_t sent = ::send(socket_.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    return is_transient(errno) ? Result<std::size_t>(0) : failed(errno);
}

Result<void> TcpStream::finish_writing() {
    if (auto state = usable(false); !state) return state;
    if (std::exchange(finished_, true)) return {};
    if (::shutdown(socket_.fd(), SHUT_WR) != 0) return failed(errno);
    return {};
}

// Closing with a linger time of zero makes the system send a reset.
void TcpStream::abort() {
    if (closed_) return;
    closed_ = true;
    lifetime_.callbacks_replaced();
    callbacks_ = {};
    failure_.reset();
    watch_.reset();
    const linger reset{.l_onoff = 1, .l_linger = 0};
    (void)::setsockopt(socket_.fd(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    socket_.close();
}

}  // namespace gantry::host

#include "udp_socket.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "udp_messages.h"

namespace gantry::host {

namespace {

// The path's refusals of one datagram; see the class.
bool is_loss(int error) {
    return error == EMSGSIZE || error == EPERM || error == EACCES || error == ENOBUFS;
}

// What an earlier datagram met; the call itself was not made and is repeated.
bool is_of_another(int error) { return error == ECONNREFUSED || error == EINTR; }

int clamp_int(ByteCount bytes) {
    return static_cast<int>(std::min<std::uint64_t>(bytes.value(), INT_MAX));
}

}  // namespace

Result<std::unique_ptr<DatagramSocket>> UdpSocket::make(EventLoop& loop, OwnedSocket socket,
                                                        int family,
                                                        const DatagramOptions& options) {
    auto made = std::make_unique<UdpSocket>(loop, std::move(socket), family);
    if (auto done = made->configure(options); !done) return std::move(done).error();
    if (auto done = made->start(); !done) return std::move(done).error();
    return made;
}

UdpSocket::UdpSocket(EventLoop& loop, OwnedSocket socket, int family)
    : loop_(loop), socket_(std::move(socket)), family_(family) {}

// The options of IPv4 are set on an IPv6 socket as well, for what it exchanges with IPv4 hosts.
// What a system does not know (trains, congestion marks) is done without.
Result<void> UdpSocket::configure(const DatagramOptions& options) {
    (void)socket_.set(IPPROTO_IP, IP_RECVTOS, 1);
    if (family_ == AF_INET6) (void)socket_.set(IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
    if (options.receive_trains) (void)socket_.set(SOL_UDP, UDP_GRO, 1);
    if (options.receive_buffer.value() > 0)
        (void)socket_.set(SOL_SOCKET, SO_RCVBUF, clamp_int(options.receive_buffer));
    if (options.send_buffer.value() > 0)
        (void)socket_.set(SOL_SOCKET, SO_SNDBUF, clamp_int(options.send_buffer));
    if (!options.forbid_fragments) return {};
    if (family_ == AF_INET6)
        if (auto set = socket_.set(IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE); !set)
            return set;
    return socket_.set(IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
}

Result<void> UdpSocket::start() {
    auto watch = loop_.watch(socket_.fd(), Interest::none,
                             [this](Readiness ready) { return on_ready(ready); });
    if (!watch) return std::move(watch).error();
    watch_ = std::move(*watch);
    return {};
}

void UdpSocket::set_callbacks(DatagramCallbacks callbacks) {
    lifetime_.callbacks_replaced();
    callbacks_ = std::move(callbacks);
}

void UdpSocket::set_interest(Interest interest) {
    interest_ = interest;
    watch_->set_interest(interest);
}

Result<void> UdpSocket::on_ready(Readiness ready) {
    const Lifetime::Observer observer(lifetime_);
    Result<void> outcome;
    if (ready.readable) outcome = lifetime_.call(callbacks_.readable);
    if (!observer.gone() && ready.writable && wants_write(interest_))
        outcome = both(std::move(outcome), lifetime_.call(callbacks_.writable));
    return outcome;
}

Endpoint UdpSocket::local() const { return local_endpoint(socket_.fd()); }

Result<std::size_t> UdpSocket::send(std::span<const OutDatagram> batch) {
    SendBatch messages(family_);
    cursor_.begin(batch);
    while (!cursor_.done()) {
        messages.clear();
        for (TrainCursor ahead = cursor_; !ahead.done() && !messages.full();) {
            const TrainPart part = ahead.part(splits_trains_);
            messages.add(ahead.entry(), part);
            ahead.advance(part.bytes.size());
        }
        const int sent = ::sendmmsg(socket_.fd(), messages.data(),
                                    static_cast<unsigned>(messages.count()), MSG_NOSIGNAL);
        for (int i = 0; i < sent; ++i)
            cursor_.advance(messages.size_of(static_cast<std::size_t>(i)));
        if (sent > 0 || (sent < 0 && is_of_another(errno))) continue;
        if (errno == EAGAIN) break;
        // No system that splits trains is asked to split one again after it refused once.
        if ((errno == EIO || errno == EINVAL) && messages.is_train(0))
            splits_trains_ = true;
        else if (is_loss(errno) && messages.size_of(0) <= TrainCursor::kMaxPayload)
            cursor_.advance(messages.size_of(0));
        else if (cursor_.entries_done() > 0)
            break;  // told when the batch begins with it
        else
            return error_from_errno(errno, "net", batch.front().to.to_string());
    }
    return cursor_.entries_done();
}

Result<std::size_t> UdpSocket::receive(std::span<InDatagram> slots) {
    std::size_t filled = 0;
    while (filled < slots.size()) {
        const std::size_t wanted = std::min(slots.size() - filled, ReceiveBatch::kMax);
        ReceiveBatch messages(slots.subspan(filled, wanted));
        const int got = ::recvmmsg(socket_.fd(), messages.data(), messages.count(), 0, nullptr);
        if (got < 0 && is_of_another(errno)) continue;
        if (got < 0 && errno != EAGAIN && filled == 0) return error_from_errno(errno, "net");
        if (got <= 0) break;
        messages.finish(static_cast<std::size_t>(got));
        filled += static_cast<std::size_t>(got);
        if (static_cast<std::size_t>(got) < wanted) break;
    }
    return filled;
}

}  // namespace gantry::host

#include <lftp/net/dial.h>
#include <lftp/net/rudp_stream.h>

#include <algorithm>

namespace gantry::lftp {

namespace {

Error no_answer() { return make_error(ErrorCode::timeout, "rudp", "the server does not answer"); }

// Where a socket for this peer is bound: on this machine the address is known, elsewhere the system
// picks it.
Endpoint local_for(const IpAddress& peer) {
    const char* any = peer.is_v4() ? "0.0.0.0" : "::";
    const char* near = peer.is_v4() ? "127.0.0.1" : "::1";
    return {IpAddress::parse(peer.is_loopback() ? near : any).value(), 0};
}

}  // namespace

Dial::Dial(const PortParts& parts, EventLoop& loop, Duration timeout, ConnectCallback done)
    : parts_(parts), loop_(loop), deadline_(loop.now() + timeout), done_(std::move(done)) {}

Dial::~Dial() { drop_attempt(); }

void Dial::start(const HostPort& to) {
    to_port_ = to.port;
    timer_ = loop_.make_timer([this] { try_next(no_answer()); });
    if (auto address = IpAddress::parse(to.host)) return resolved(std::vector{*address});
    timer_->arm(deadline_);
    resolving_ = parts_.connector.resolve(
        loop_, to.host,
        [this](Result<std::vector<IpAddress>> addresses) { resolved(std::move(addresses)); });
}

void Dial::cancel() {
    done_.reset();
    resolving_.release();
    timer_.reset();
    drop_attempt();
}

void Dial::resolved(Result<std::vector<IpAddress>> addresses) {
    if (!addresses) return finish_soon(std::move(addresses).error());
    addresses_ = std::move(*addresses);
    std::reverse(addresses_.begin(), addresses_.end());
    try_next(make_error(ErrorCode::not_found, "rudp", "the name has no address"));
}

void Dial::try_next(Error before) {
    drop_attempt();
    while (!addresses_.empty()) {
        const auto left = deadline_ - loop_.now();
        if (left <= Duration::zero()) break;
        const auto address = addresses_.back();
        timer_->arm(loop_.now() + left / static_cast<int>(addresses_.size()));
        addresses_.pop_back();
        auto tried = try_address(address);
        if (tried) return;
        before = std::move(tried).error();
    }
    finish_soon(std::move(before));
}

Result<void> Dial::try_address(const IpAddress& address) {
    auto port = DatagramPort::open(parts_, loop_, local_for(address));
    if (!port) return std::move(port).error();
    auto connection = (*port)->connect({address, to_port_});
    if (!connection) return std::move(connection).error();
    port_ = std::move(*port);
    connection_ = std::move(*connection);
    connection_->set_user(this);
    return {};
}

void Dial::handshake_finished() {
    connection_->set_user(nullptr);
    auto connection = std::move(connection_);
    finish_soon(std::make_unique<RudpStream>(std::move(port_), std::move(connection)));
}

// In a later turn: it is the connection that calls.
void Dial::connection_ended(const ConnectionEnded& ended) {
    loop_.post([weak = weak_from_this(), error = ended.error] {
        if (const auto self = weak.lock(); self && self->connection_) self->try_next(error);
    });
}

void Dial::drop_attempt() {
    if (connection_) {
        connection_->core().shut_down(0, "given up", loop_.now());
        connection_->leave();
    }
    connection_.reset();
    port_.reset();
}

void Dial::finish_soon(Result<std::unique_ptr<Stream>> outcome) {
    if (timer_) timer_->disarm();
    loop_.post([weak = weak_from_this(), outcome = std::move(outcome)]() mutable -> Result<void> {
        const auto self = weak.lock();
        if (!self || !self->done_) return {};
        auto done = std::move(self->done_);
        return done(std::move(outcome));
    });
}

}  // namespace gantry::lftp

#include <lftp/net/dial.h>
#include <lftp/net/rudp_listener.h>
#include <lftp/net/rudp_transport.h>

namespace gantry::lftp {

namespace {

class DialToken final : public RegistrationToken {
  public:
    explicit DialToken(std::shared_ptr<Dial> dial) : dial_(std::move(dial)) {}
    ~DialToken() override { dial_->cancel(); }

  private:
    std::shared_ptr<Dial> dial_;
};

}  // namespace

RudpTransport::RudpTransport(Connector& connector, Random& random, KdfService& kdf, EventLoop& home)
    : parts_{connector, random, kdf}, resting_(std::make_shared<RestingPorts>(parts_, home)) {
    parts_.resting = resting_.get();
}

Registration RudpTransport::connect(EventLoop& loop, const HostPort& to,
                                    const ConnectOptions& options, ConnectCallback done) {
    auto dial = std::make_shared<Dial>(parts_, loop, options.timeout, std::move(done));
    dial->start(to);
    return Registration(std::make_unique<DialToken>(std::move(dial)));
}

Result<std::unique_ptr<Listener>> RudpTransport::listen(EventLoop& loop, const Endpoint& at,
                                                        const ListenOptions& options,
                                                        AcceptCallback accepted) {
    if (options.reuse_port)
        return make_error(ErrorCode::unsupported, "rudp", "a port of rudp is not shared");
    auto port = DatagramPort::open(parts_, loop, at);
    if (!port) return std::move(port).error();
    return RudpListener::open(std::move(*port),
                              static_cast<std::size_t>(std::max(options.backlog, 1)),
                              std::move(accepted));
}

}  // namespace gantry::lftp

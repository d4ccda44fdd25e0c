#include <cs/app/session_link.h>

namespace gantry::cs {

SessionLink::SessionLink(EventLoop& loop, HostPort server,
                         std::shared_ptr<ClientTransport> transport)
    : loop_(loop), server_(std::move(server)), transport_(std::move(transport)) {}

void SessionLink::adopt(std::shared_ptr<ClientChannel> channel) {
    pulse_ = std::make_unique<ChannelPulse>(loop_, std::move(channel));
}

std::shared_ptr<ClientChannel> SessionLink::channel() const {
    return pulse_ ? pulse_->channel() : nullptr;
}

Registration SessionLink::reconnect(ClientChannel::Connected done) {
    return ClientChannel::connect(transport_->get(), loop_, server_,
                                  [self = shared_from_this(), done = std::move(done)](
                                      Result<std::shared_ptr<ClientChannel>> made) mutable {
                                      if (made) self->adopt(*made);
                                      (void)done(std::move(made));
                                  });
}

}  // namespace gantry::cs

#pragma once

#include <cs/app/client_transport.h>
#include <cs/net/channel_pulse.h>

#include <memory>

namespace gantry::cs {

// What lies behind an open session: a connection that is kept alive while it idles, and the way to
// make another one, as secure as the first, when it is lost. On the plugin's loop.
class SessionLink : public std::enable_shared_from_this<SessionLink> {
  public:
    // Before it is shared with anybody; on any thread.
    SessionLink(EventLoop& loop, HostPort server, std::shared_ptr<ClientTransport> transport);
    // From now on this is the connection.
    void adopt(std::shared_ptr<ClientChannel> channel);
    // Null when it is lost.
    std::shared_ptr<ClientChannel> channel() const;
    // Makes one anew. `done` and errors as in ClientChannel::connect.
    Registration reconnect(ClientChannel::Connected done);
    const HostPort& server() const noexcept { return server_; }

  private:
    EventLoop& loop_;
    const HostPort server_;
    std::shared_ptr<ClientTransport> transport_;  // outlives the channel
    std::unique_ptr<ChannelPulse> pulse_;
};

}  // namespace gantry::cs

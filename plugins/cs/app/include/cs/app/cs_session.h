#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/client_transport.h>
#include <cs/app/cs_url.h>
#include <cs/net/client_channel.h>

#include <memory>
#include <string>

namespace gantry::cs {

// A connection that the shell keeps open: `open cs://HOST:PORT`. Commands on the same server use
// its channel. It may be destroyed on any thread; the channel goes on the plugin's loop.
class CsSession : public Session {
  public:
    CsSession(AppParts& parts, HostPort server, std::shared_ptr<ClientTransport> transport,
              std::shared_ptr<ClientChannel> channel);
    ~CsSession() override;
    std::string base() const override { return "cs://" + server_.to_string(); }
    // ErrorCode::usage for a file.
    Result<void> check_folder(std::string_view path, CancelToken& cancel) override;
    // On the plugin's loop. Null when it is another server's, or the connection has failed.
    std::shared_ptr<ClientChannel> channel_to(const HostPort& server) const;

  private:
    AppParts& parts_;
    HostPort server_;
    std::shared_ptr<ClientTransport> transport_;  // outlives the channel
    std::shared_ptr<ClientChannel> channel_;
};

class CsSessionOpener : public SessionOpener {
  public:
    explicit CsSessionOpener(AppParts& parts) : parts_(parts) {}
    SessionOpened open(const std::string& url, const Arguments& options,
                       CancelToken& cancel) noexcept override;

  private:
    AppParts& parts_;
};

}  // namespace gantry::cs

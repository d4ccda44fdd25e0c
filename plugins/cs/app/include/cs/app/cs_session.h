#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/cs_url.h>
#include <cs/app/session_link.h>

#include <memory>
#include <string>

namespace gantry::cs {

// A connection that the shell keeps open: `open cs://HOST:PORT`. Commands on the same server use
// its link. It may be destroyed on any thread; the link goes on the plugin's loop.
class CsSession : public Session {
  public:
    CsSession(AppParts& parts, std::shared_ptr<SessionLink> link);
    ~CsSession() override;
    std::string base() const override { return "cs://" + link_->server().to_string(); }
    // ErrorCode::usage for a file.
    Result<void> check_folder(std::string_view path, CancelToken& cancel) override;
    // Null when it is another server's.
    std::shared_ptr<SessionLink> link_to(const HostPort& server) const;

  private:
    AppParts& parts_;
    std::shared_ptr<SessionLink> link_;
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

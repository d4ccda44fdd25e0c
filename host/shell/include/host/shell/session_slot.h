#pragma once

#include <gantry/command/call.h>
#include <host/shell/transfer_route.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace gantry::host {

// The session that `open` made. It goes when its plugin does, from any thread; a command that runs
// on it holds it until it ends. Thread-safe.
class SessionSlot {
  public:
    void put(std::shared_ptr<Session> session, std::string folder);
    void drop();
    void set_folder(std::string folder);

    std::shared_ptr<Session> session() const;
    // The session, if `url` is on its server.
    std::shared_ptr<Session> serving(const std::string& url) const;
    std::optional<SessionPlace> place() const;  // empty: none is open

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<Session> session_;
    std::string base_;
    std::string folder_;
};

}  // namespace gantry::host

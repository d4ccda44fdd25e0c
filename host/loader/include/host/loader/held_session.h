#pragma once

#include <gantry/command/call.h>
#include <host/loader/command_threads.h>
#include <host/loader/ledger.h>

#include <memory>
#include <mutex>
#include <string>

namespace gantry::host {

// A plugin's session and what the host knows of it. All of its code runs on the plugin's own
// threads, its end too. Shared by the shell's handle, the calls that use it, and the ledger.
// Thread-safe.
class SessionBox {
  public:
    using Threads = std::shared_ptr<CommandThreads>;
    // `revoked` is called at most once, by revoke().
    SessionBox(Threads threads, std::unique_ptr<Session> inner, Task revoked);

    // The plugin's session, or null when it is gone. It lives as long as the answer.
    std::shared_ptr<Session> inner() const;
    const std::string& base() const noexcept { return base_; }
    Result<void> check_folder(std::string_view path, CancelToken& cancel);
    // Tells the owner that it must drop its handle.
    void revoke();
    // Lets go of the plugin's session, which ends with the last call that uses it.
    void drop();

  private:
    Threads threads_;
    std::string base_;
    mutable std::mutex mutex_;
    std::shared_ptr<Session> inner_;
    Task revoked_;
};

// The shell's handle.
class HeldSession final : public Session, public LedgerItem {
  public:
    HeldSession(std::shared_ptr<Ledger> ledger, std::shared_ptr<SessionBox> box)
        : LedgerItem(std::move(ledger), "session"), box_(std::move(box)) {}
    ~HeldSession() override;
    void take_back() override { box_->drop(); }

    std::string base() const override { return box_->base(); }
    Result<void> check_folder(std::string_view path, CancelToken& cancel) override {
        return box_->check_folder(path, cancel);
    }
    const std::shared_ptr<SessionBox>& box() const noexcept { return box_; }

  private:
    std::shared_ptr<SessionBox> box_;
};

}  // namespace gantry::host

#pragma once

#include <cs/app/app_parts.h>
#include <cs/app/server_transport.h>
#include <cs/net/server.h>

#include <memory>
#include <string>

namespace gantry::cs {

// `cs serve DIR`: serves until it is cancelled, then drains and finishes well. The server runs on a
// loop of its own; this object stays on the plugin's.
class ServeCommand : public Operation, public std::enable_shared_from_this<ServeCommand> {
  public:
    ServeCommand(AppParts& parts, std::unique_ptr<CommandCall> call);
    void start() override;
    void cancel() override;
    void cancel_within(Duration limit) override;

  private:
    // What lives on the server's loop.
    struct Running {
        std::shared_ptr<ServerTransport> transport;
        std::unique_ptr<Server> server;
        std::unique_ptr<Timer> limit;  // of the drain
        std::uint64_t requests = 0;
        std::uint64_t bytes = 0;
    };
    enum class Phase : std::uint8_t { resolving, opening, launching, serving, draining };

    void find_address();
    void open_folder(const Endpoint& at);
    void launch(const Endpoint& at, std::unique_ptr<FileStore> store,
                std::shared_ptr<AccessControl> access);
    void launched(Result<Endpoint> at);
    void drain();
    void limit_drain();
    void drained(std::uint64_t requests, std::uint64_t bytes);
    void finish(Result<Value> outcome);

    AppParts& parts_;
    std::unique_ptr<CommandCall> call_;
    std::shared_ptr<ServerTransport> transport_;
    std::string folder_;
    Registration on_cancel_;
    Registration resolving_;
    std::shared_ptr<Running> running_;
    // Below the host's own limit, so that a server always ends by itself.
    Duration drain_limit_ = std::chrono::seconds(8);
    Phase phase_ = Phase::resolving;
    bool cancelled_ = false;
};

}  // namespace gantry::cs

#pragma once

#include <cs/app/access_log_writer.h>
#include <cs/app/app_parts.h>
#include <cs/app/seal_options.h>
#include <cs/app/server_transport.h>
#include <cs/net/server_group.h>

#include <atomic>
#include <memory>
#include <string>

namespace gantry::cs {

// `cs serve DIR`: serves until it is cancelled, then drains and finishes well. The servers run on
// loops of their own; this object stays on the plugin's.
class ServeCommand : public Operation, public std::enable_shared_from_this<ServeCommand> {
  public:
    ServeCommand(AppParts& parts, std::unique_ptr<CommandCall> call);
    void start() override;
    void cancel() override;
    void cancel_within(Duration limit) override;

  private:
    // Counted on all loops.
    struct Totals {
        std::atomic<std::uint64_t> requests{0};
        std::atomic<std::uint64_t> bytes{0};    // of files that were sent
        std::atomic<std::uint64_t> refused{0};  // connections
        void add(const AccessRecord& record);
    };
    enum class Phase : std::uint8_t { resolving, opening, launching, serving, draining };

    Result<void> read_options();
    void find_address();
    void open_folder(const Endpoint& at);
    Result<void> find_keys();
    struct Opened;
    Result<Opened> open_served(const std::optional<std::string>& rules) const;
    void launch(Opened opened);
    void launched(Result<Endpoint> at);
    void drain();
    void drain_by(TimePoint when);
    void drained();
    void finish(Result<Value> outcome);

    AppParts& parts_;
    std::unique_ptr<CommandCall> call_;
    std::shared_ptr<ServerTransport> transport_;
    std::string folder_;
    ServerOptions options_;
    std::vector<std::string> key_files_;
    std::optional<SealLoader> seals_;  // null: there is no key file
    std::vector<EventLoop*> loops_;
    Registration on_cancel_;
    Registration resolving_;
    std::shared_ptr<ServerGroup> group_;
    std::shared_ptr<Totals> totals_ = std::make_shared<Totals>();
    std::shared_ptr<AccessLogWriter> log_writer_;
    std::function<void(const AccessRecord&)> log_;  // for any thread
    std::unique_ptr<Timer> limit_;                  // of the drain
    // Below the host's own limit, so that a server always ends by itself.
    Duration drain_limit_ = std::chrono::seconds(8);
    TimePoint drain_end_ = TimePoint::max();
    Phase phase_ = Phase::resolving;
    bool cancelled_ = false;
};

}  // namespace gantry::cs

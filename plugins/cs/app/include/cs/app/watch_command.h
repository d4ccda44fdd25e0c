#pragma once

#include <cs/app/client_command.h>
#include <cs/app/listing_printer.h>

#include <atomic>
#include <limits>

namespace gantry::cs {

// `cs watch URL [--recursive] [-n COUNT]`: tells what changes, until it is cancelled or has told
// COUNT changes.
class WatchCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    // Told at once that the watch has begun; the rest is the printer's.
    class Changes;
    void begin() override;
    void on_cancelled() override;
    void ask(Channel channel);
    void began();
    Result<void> write_part(std::vector<ListingEntry> changes);
    void ended(Result<ListingOutcome> outcome);
    void conclude();

    CsUrl url_;
    std::uint64_t most_ = std::numeric_limits<std::uint64_t>::max();  // changes
    Channel asked_;
    std::shared_ptr<ListingPrinter> printer_;
    std::atomic<std::uint64_t> told_ = 0;  // counted on the pool
};

}  // namespace gantry::cs

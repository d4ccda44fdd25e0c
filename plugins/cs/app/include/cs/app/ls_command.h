#pragma once

#include <cs/app/client_command.h>
#include <cs/net/listing_collector.h>

namespace gantry::cs {

// `cs ls URL [--recursive] [--glob PATTERN] [--type TYPE] [--count N] [--after CURSOR]`
class LsCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    void begin() override;
    void on_cancelled() override;
    Result<ListingRequest> make_request(const CsUrl& url) const;
    void ask(const CsUrl& url, ListingRequest request, Channel channel);
    void listed(const CsUrl& url, Result<CollectedListing> listing);

    Channel asked_;
    std::shared_ptr<ListingCollector> collector_;
};

// Lines "TYPE SIZE MODIFIED NAME", as people read them, and the same as a result.
std::string format_listing(const std::vector<ListingEntry>& entries);
// The type, size and time of an entry, without its name.
Value entry_value(const ListingEntry& entry);
Value listing_value(const std::vector<ListingEntry>& entries);
// The same of the classic wire, which tells neither sizes nor times.
std::string format_names(const std::vector<ListingEntry>& entries);
Value names_value(const std::vector<ListingEntry>& entries);
// "2024-01-01T00:00:00Z"
std::string format_time(std::int64_t nanoseconds_since_1970);

}  // namespace gantry::cs

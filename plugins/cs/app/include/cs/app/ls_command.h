#pragma once

#include <cs/app/client_command.h>
#include <cs/app/listing_printer.h>
#include <cs/app/listing_report.h>

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
    Result<void> write_part(const std::vector<ListingEntry>& entries);
    std::string text_of(const std::vector<ListingEntry>& entries) const;
    Value value_of(const std::vector<ListingEntry>& entries) const;
    void listed(const CsUrl& url, Result<ListingOutcome> outcome);

    Channel asked_;
    std::shared_ptr<ListingPrinter> printer_;
};

}  // namespace gantry::cs

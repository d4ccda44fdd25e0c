#pragma once

#include <cs/app/client_command.h>
#include <cs/app/seal_options.h>
#include <cs/net/url_download.h>
#include <gantry/crypto/digest.h>

#include <vector>

namespace gantry::cs {

// `cs get URL... [-o FILE|DIR]`: one URL after the other, all of a server over one connection.
class GetCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    struct Item {
        CsUrl url;
        std::string place;  // where it went, for people
        DownloadResult result;
    };
    void begin() override;
    void on_cancelled() override;
    Result<void> prepare();
    Result<void> find_key();
    void load_key();
    void next();
    void fetch(Channel channel, std::vector<Channel> more);
    DownloadPlan make_plan(Item& item) const;
    void fetched(DownloadResult result);
    void conclude();
    std::optional<Error> verdict() const;

    std::vector<Item> items_;
    std::size_t current_ = 0;
    FetchOptions options_;
    std::optional<SealLoader> seal_;  // of encrypted files
    std::int64_t connections_ = 1;
    std::shared_ptr<UrlDownload> download_;
    std::uint64_t total_ = 0;  // bytes, for the progress
    std::uint64_t done_ = 0;
};

}  // namespace gantry::cs

#pragma once

#include <cs/app/client_command.h>

namespace gantry::cs {

// `cs hash URL`: what a file on a server comes to, computed there.
class HashCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    class Reply;
    void begin() override;
    void on_cancelled() override;
    void began(const FileResponse& response);
    void ended(const FileEnd& end);
    void failed(Error error);

    CsUrl url_;
    CheckAlgorithm algorithm_ = CheckAlgorithm::merkle;
    Channel asked_;
    std::shared_ptr<Reply> reply_;
};

}  // namespace gantry::cs

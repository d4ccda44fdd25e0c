#pragma once

#include <cs/app/client_command.h>

namespace gantry::cs {

// The commands that do one thing to one name on a server: what they ask, and how they tell what
// came of it, is theirs.
class ActionCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  protected:
    // What to ask for the URL that was typed. An Error ends the command before it connects.
    virtual Result<ActionRequest> request(const CsUrl& url) = 0;
    // Ends the command. `response` is the body of the server's response.
    virtual void present(ByteView response) = 0;
    const CsUrl& url() const noexcept { return url_; }

  private:
    class Reply;
    void begin() override;
    void on_cancelled() override;
    void failed(Error error);

    CsUrl url_;
    Channel asked_;
    std::shared_ptr<Reply> reply_;
};

}  // namespace gantry::cs

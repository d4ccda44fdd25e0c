#pragma once

#include <cs/app/action_command.h>

namespace gantry::cs {

// The commands that change one name on a server, and have no more to tell than that it is done.
class ChangeCommand : public ActionCommand {
  public:
    using ActionCommand::ActionCommand;

  private:
    void present(ByteView response) override;
};

// `cs mkdir URL`
class MkdirCommand : public ChangeCommand {
  public:
    using ChangeCommand::ChangeCommand;

  private:
    Result<ActionRequest> request(const CsUrl& url) override;
};

// `cs rename URL TO`: TO is a path on the server, or a URL of the same server.
class RenameCommand : public ChangeCommand {
  public:
    using ChangeCommand::ChangeCommand;

  private:
    Result<ActionRequest> request(const CsUrl& url) override;
};

// `cs delete URL`
class DeleteCommand : public ChangeCommand {
  public:
    using ChangeCommand::ChangeCommand;

  private:
    Result<ActionRequest> request(const CsUrl& url) override;
};

}  // namespace gantry::cs

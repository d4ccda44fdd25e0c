#pragma once

#include <cs/app/action_command.h>

namespace gantry::cs {

// `cs stat URL`: what a name is, its size and when it last changed.
class StatCommand : public ActionCommand {
  public:
    using ActionCommand::ActionCommand;

  private:
    Result<ActionRequest> request(const CsUrl& url) override;
    void present(ByteView response) override;
};

}  // namespace gantry::cs

#pragma once

#include <cs/app/client_command.h>
#include <cs/net/mirror.h>

namespace gantry::cs {

// `cs mirror URL LOCALDIR [--delete] [--dry-run] [--checksum]`
class MirrorCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    void begin() override;
    void on_cancelled() override;
    void mirror(Channel channel);
    void mirrored(MirrorResult result);
    void tell_plan(MirrorResult result);
    void conclude(MirrorResult result);

    CsUrl url_;
    std::string local_;
    std::shared_ptr<Mirror> mirror_;
    std::uint64_t total_ = 0;  // bytes, for the progress
    std::uint64_t done_ = 0;
};

}  // namespace gantry::cs

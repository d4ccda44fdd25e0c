#pragma once

#include <cs/app/client_command.h>

namespace gantry::cs {

// `cs ping URL [-n COUNT] [--size BYTES]`: one echo after the other, and the times they took.
class PingCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    class Reply;
    void begin() override;
    void on_cancelled() override;
    void send();
    void replied(const Bytes& body);
    void failed(Error error);
    void conclude();

    Channel asked_;
    std::shared_ptr<Reply> reply_;
    std::int64_t count_ = 0;
    Bytes body_;
    TimePoint sent_at_{};
    std::vector<Duration> times_;
};

}  // namespace gantry::cs

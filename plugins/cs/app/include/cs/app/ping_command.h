#pragma once

#include <cs/app/client_command.h>

namespace gantry::cs {

// `cs ping URL [-n COUNT] [--size BYTES] [--interval T] [--timeout T]`: one echo after the other,
// and what their times come to; also when a server is lost, or the person has seen enough.
class PingCommand : public ClientCommand {
  public:
    using ClientCommand::ClientCommand;

  private:
    class Reply;
    void begin() override;
    void on_cancelled() override;
    Result<void> prepare();
    void send();
    void on_timer();
    void replied(const Bytes& body);
    void give_up(Error error);
    void conclude(std::optional<Error> error);

    Channel asked_;
    std::shared_ptr<Reply> reply_;
    std::unique_ptr<Timer> timer_;
    HostPort server_;
    std::int64_t count_ = 0;
    Duration interval_{};
    Duration timeout_{};
    Bytes body_;
    TimePoint sent_at_{};
    std::vector<Duration> times_;
};

}  // namespace gantry::cs

#pragma once

#include <cs/net/client_channel.h>

#include <memory>

namespace gantry::cs {

// Keeps an idle connection and finds out whether it is one: when nothing is asked for kBeat, it
// asks for an echo, and lets the channel go when none comes before the next beat. So a server that
// has vanished is noticed within two beats, and one that is there does not close for idleness.
// While requests are open the channel watches over itself. Loop thread only.
class ChannelPulse {
  public:
    ChannelPulse(EventLoop& loop, std::shared_ptr<ClientChannel> channel);
    ~ChannelPulse();
    // Null when the connection is lost.
    std::shared_ptr<ClientChannel> channel() const;

    static constexpr Duration kBeat = std::chrono::seconds(20);  // under limits::ServerTimes::idle

  private:
    class Echo;
    void beat();

    EventLoop& loop_;
    std::shared_ptr<ClientChannel> channel_;
    std::shared_ptr<Echo> echo_;  // asked for and not answered
    std::unique_ptr<Timer> timer_;
};

}  // namespace gantry::cs

#include <cs/net/channel_pulse.h>

namespace gantry::cs {

class ChannelPulse::Echo final : public AnswerHandler {
  public:
    void answered(Bytes) override { over = true; }
    void failed(Error, ErrorDetail) override { over = true; }  // the channel is unusable then
    bool over = false;
};

ChannelPulse::ChannelPulse(EventLoop& loop, std::shared_ptr<ClientChannel> channel)
    : loop_(loop), channel_(std::move(channel)), timer_(loop.make_timer([this] { beat(); })) {
    timer_->arm(loop_.now() + kBeat);
}

ChannelPulse::~ChannelPulse() {
    if (echo_ && channel_) channel_->forget(*echo_);
}

std::shared_ptr<ClientChannel> ChannelPulse::channel() const {
    return channel_ && channel_->usable() ? channel_ : nullptr;
}

void ChannelPulse::beat() {
    const bool missed = echo_ && !echo_->over;
    if (missed && channel_->open_requests() == 1) channel_.reset();
    if (!channel()) return;
    if (channel_->open_requests() == 0) {
        echo_ = std::make_shared<Echo>();
        channel_->ask(Bytes(), echo_);
    }
    timer_->arm(loop_.now() + kBeat);
}

}  // namespace gantry::cs

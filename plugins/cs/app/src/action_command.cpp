#include <cs/app/action_command.h>

namespace gantry::cs {

class ActionCommand::Reply : public AnswerHandler {
  public:
    explicit Reply(std::shared_ptr<ActionCommand> command) : command_(std::move(command)) {}
    void answered(Bytes body) override {
        command_->reply_.reset();
        command_->present(body);
    }
    void failed(Error error, ErrorDetail) override { command_->failed(std::move(error)); }

  private:
    std::shared_ptr<ActionCommand> command_;
};

void ActionCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    url_ = std::move(*url);
    auto what = request(url_);
    if (!what) return fail(std::move(what).error());
    with_channel(url_.server, [this, what = std::move(*what)](Channel channel) {
        asked_ = std::move(channel);
        reply_ =
            std::make_shared<Reply>(std::static_pointer_cast<ActionCommand>(shared_from_this()));
        asked_->ask(what, reply_);
    });
}

void ActionCommand::on_cancelled() {
    if (!reply_) return;
    const auto self = shared_from_this();
    asked_->forget(*reply_);
    failed(cancelled_error());
}

void ActionCommand::failed(Error error) {
    reply_.reset();
    if (error.context.empty()) error.context = "/" + url_.path;
    fail(std::move(error));
}

}  // namespace gantry::cs

#include <cs/app/access_log.h>
#include <cs/app/check_names.h>
#include <cs/app/hash_command.h>
#include <gantry/crypto/digest.h>

namespace gantry::cs {

class HashCommand::Reply : public AnswerHandler {
  public:
    explicit Reply(std::shared_ptr<HashCommand> command) : command_(std::move(command)) {}
    void file_began(const FileResponse& response) override { command_->began(response); }
    void hashed(std::uint64_t bytes) override { command_->call_->job().progress(ByteCount(bytes)); }
    void file_ended(const FileEnd& end) override { command_->ended(end); }
    void failed(Error error, ErrorDetail) override { command_->failed(std::move(error)); }

  private:
    std::shared_ptr<HashCommand> command_;
};

void HashCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    url_ = std::move(*url);
    algorithm_ = check_named(*call_->arguments().text("algorithm"));
    with_channel(url_.server, [this](Channel channel) {
        asked_ = std::move(channel);
        reply_ = std::make_shared<Reply>(std::static_pointer_cast<HashCommand>(shared_from_this()));
        asked_->ask(HashRequest{url_.path, algorithm_}, reply_);
    });
}

void HashCommand::began(const FileResponse& response) {
    call_->job().set_total(ByteCount(response.size));
}

void HashCommand::ended(const FileEnd& end) {
    reply_.reset();
    if (end.check.algorithm != algorithm_)
        return fail(make_error(ErrorCode::protocol, "cs",
                               "the server answered another algorithm than was asked"));
    call_->job().progress(ByteCount(end.total));
    const auto hex = to_hex(end.check.value);
    const auto name = *call_->arguments().text("algorithm");
    auto digest = Value::object();
    digest.set("algorithm", name).set("value", hex);
    auto value = Value::object();
    value.set("path", "/" + url_.path).set("size", end.total).set("digest", std::move(digest));
    finish(hex + "  /" + printable(url_.path) + "\n", std::move(value));
}

void HashCommand::on_cancelled() {
    if (!reply_) return;
    const auto self = shared_from_this();
    asked_->forget(*reply_);
    failed(cancelled_error());
}

void HashCommand::failed(Error error) {
    reply_.reset();
    if (error.context.empty()) error.context = "/" + url_.path;
    fail(std::move(error));
}

}  // namespace gantry::cs

#include <cs/app/ping_command.h>
#include <cs/wire/limits.h>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace gantry::cs {

namespace {

constexpr std::int64_t kMaxCount = 100'000;

}  // namespace

class PingCommand::Reply : public AnswerHandler {
  public:
    explicit Reply(std::shared_ptr<PingCommand> command) : command_(std::move(command)) {}
    void answered(Bytes body) override { command_->replied(body); }
    void failed(Error error, ErrorDetail) override { command_->failed(std::move(error)); }

  private:
    std::shared_ptr<PingCommand> command_;
};

void PingCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    count_ = call_->arguments().integer("count").value();
    const auto size = call_->arguments().size("size").value().value();
    if (count_ < 1 || count_ > kMaxCount)
        return fail(make_error(ErrorCode::usage, "cs", "--count is from 1 to 100000"));
    if (size > limits::kMaxBody)
        return fail(make_error(ErrorCode::usage, "cs", "--size is at most 64KiB"));
    body_.resize(static_cast<std::size_t>(size));
    parts_.context.random().fill(body_);
    with_channel(url->server, [this](Channel channel) {
        asked_ = std::move(channel);
        send();
    });
}

void PingCommand::send() {
    reply_ = std::make_shared<Reply>(std::static_pointer_cast<PingCommand>(shared_from_this()));
    sent_at_ = parts_.context.clock().now();
    asked_->ask(body_, reply_);
}

void PingCommand::replied(const Bytes& body) {
    const auto self = shared_from_this();
    reply_.reset();
    if (body != body_)
        return fail(
            make_error(ErrorCode::protocol, "cs", "the server changed the bytes it echoed"));
    times_.push_back(parts_.context.clock().now() - sent_at_);
    if (static_cast<std::int64_t>(times_.size()) == count_) return conclude();
    send();
}

void PingCommand::failed(Error error) {
    reply_.reset();
    fail(std::move(error));
}

void PingCommand::on_cancelled() {
    if (!reply_) return;
    const auto self = shared_from_this();
    asked_->forget(*reply_);
    reply_.reset();
    fail(make_error(ErrorCode::cancelled, "cs", "cancelled"));
}

void PingCommand::conclude() {
    const auto [low, high] = std::minmax_element(times_.begin(), times_.end());
    const auto total = std::accumulate(times_.begin(), times_.end(), Duration{});
    const auto mean = total / static_cast<std::int64_t>(times_.size());
    auto text = fmt::format("{} echoes of {} bytes: min {:.3f} ms, mean {:.3f} ms, max {:.3f} ms\n",
                            times_.size(), body_.size(), to_milliseconds(*low),
                            to_milliseconds(mean), to_milliseconds(*high));
    Value value = Value::object();
    value.set("count", std::uint64_t{times_.size()}).set("size", std::uint64_t{body_.size()});
    value.set("min_ms", to_milliseconds(*low))
        .set("mean_ms", to_milliseconds(mean))
        .set("max_ms", to_milliseconds(*high));
    finish(std::move(text), std::move(value));
}

}  // namespace gantry::cs

#include <cs/app/get_report.h>
#include <cs/app/ping_command.h>
#include <cs/core/ping_statistics.h>
#include <cs/wire/limits.h>

#include <fmt/format.h>

namespace gantry::cs {

namespace {

constexpr std::int64_t kMaxCount = 100'000;
constexpr std::size_t kProbe = 1024;  // bytes of an echo that tells of bandwidth

Error wrong_ping(std::string message) {
    return make_error(ErrorCode::usage, "cs", std::move(message));
}

// A sized echo goes there as a whole and then back: twice its bytes in one round trip, at the best
// of them. A line that is as fast both ways is at least so fast.
std::uint64_t bytes_per_second(std::size_t size, Duration best) {
    return static_cast<std::uint64_t>(2.0 * static_cast<double>(size) /
                                      std::max(to_seconds(best), 1e-9));
}

}  // namespace

class PingCommand::Reply : public AnswerHandler {
  public:
    explicit Reply(std::shared_ptr<PingCommand> command) : command_(std::move(command)) {}
    void answered(Bytes body) override { command_->replied(body); }
    void failed(Error error, ErrorDetail) override { command_->give_up(std::move(error)); }

  private:
    std::shared_ptr<PingCommand> command_;
};

void PingCommand::begin() {
    auto url = CsUrl::parse(call_->arguments().operand("URL"));
    if (!url) return fail(std::move(url).error());
    if (auto prepared = prepare(); !prepared) return fail(std::move(prepared).error());
    server_ = url->server;
    with_channel(server_, [this](Channel channel) {
        asked_ = std::move(channel);
        timer_ = parts_.context.loop().make_timer([this] { on_timer(); });
        send();
    });
}

Result<void> PingCommand::prepare() {
    const auto& arguments = call_->arguments();
    count_ = arguments.integer("count").value();
    if (count_ < 1 || count_ > kMaxCount) return wrong_ping("--count is from 1 to 100000");
    const auto size = arguments.size("size").value().value();
    if (size > limits::kMaxBody) return wrong_ping("--size is at most 64KiB");
    interval_ = arguments.duration("interval").value();
    timeout_ = arguments.duration("timeout").value();
    if (timeout_ <= Duration::zero()) return wrong_ping("--timeout is above 0");
    body_.resize(static_cast<std::size_t>(size));
    parts_.context.random().fill(body_);
    return {};
}

void PingCommand::send() {
    reply_ = std::make_shared<Reply>(std::static_pointer_cast<PingCommand>(shared_from_this()));
    sent_at_ = parts_.context.clock().now();
    timer_->arm(parts_.context.loop().now() + timeout_);
    asked_->ask(body_, reply_);
}

// Either the next echo is due, or the one that is out has not come back.
void PingCommand::on_timer() {
    if (!reply_) return send();
    asked_->forget(*reply_);
    give_up(make_error(ErrorCode::timeout, "cs", "no answer within " + format_duration(timeout_),
                       server_.to_string()));
}

void PingCommand::replied(const Bytes& body) {
    const auto self = shared_from_this();
    reply_.reset();
    if (body != body_)
        return give_up(
            make_error(ErrorCode::protocol, "cs", "the server changed the bytes it echoed"));
    times_.push_back(parts_.context.clock().now() - sent_at_);
    if (static_cast<std::int64_t>(times_.size()) == count_) return conclude({});
    if (interval_ > Duration::zero())
        timer_->arm(parts_.context.loop().now() + interval_);
    else
        send();
}

// What was measured until then is told all the same.
void PingCommand::give_up(Error error) {
    const auto self = shared_from_this();
    reply_.reset();
    if (times_.empty()) return fail(std::move(error));
    conclude(std::move(error));
}

void PingCommand::on_cancelled() {
    if (!timer_) return;
    const auto self = shared_from_this();
    if (reply_) asked_->forget(*reply_);
    give_up(cancelled_error());
}

void PingCommand::conclude(std::optional<Error> error) {
    timer_.reset();
    const auto s = ping_statistics(times_);
    const auto rate = bytes_per_second(body_.size(), s.min);
    auto text = fmt::format(
        "{} echoes of {} bytes: min {:.3f} ms, mean {:.3f} ms, p99 {:.3f} ms, max {:.3f} ms, "
        "jitter {:.3f} ms{}\n",
        times_.size(), body_.size(), to_milliseconds(s.min), to_milliseconds(s.mean),
        to_milliseconds(s.p99), to_milliseconds(s.max), to_milliseconds(s.jitter),
        body_.size() < kProbe ? "" : ", at least " + format_rate(BytesPerSecond(rate)));
    Value value = Value::object();
    value.set("count", std::uint64_t{times_.size()}).set("size", std::uint64_t{body_.size()});
    value.set("min_ms", to_milliseconds(s.min)).set("mean_ms", to_milliseconds(s.mean));
    value.set("p99_ms", to_milliseconds(s.p99)).set("max_ms", to_milliseconds(s.max));
    value.set("jitter_ms", to_milliseconds(s.jitter));
    if (body_.size() >= kProbe) value.set("bytes_per_second", rate);
    if (error) return fail(std::move(*error), std::move(text), std::move(value));
    finish(std::move(text), std::move(value));
}

}  // namespace gantry::cs

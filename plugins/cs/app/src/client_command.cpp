#include <cs/app/client_command.h>
#include <cs/app/seal_options.h>
#include <cs/app/wire_option.h>
#include <cs/net/classic_channel.h>

namespace gantry::cs {

ClientCommand::ClientCommand(AppParts& parts, std::unique_ptr<CommandCall> call)
    : parts_(parts),
      call_(std::move(call)),
      started_(parts.context.clock().now()),
      transport_(parts) {}

void ClientCommand::start() {
    on_cancel_ = call_->job().on_cancel(parts_.context.loop(), [this] { cancel(); });
    const auto resolve = [this](const std::string& typed) { return call_->local_path(typed); };
    if (auto chosen = transport_.choose(call_->arguments(), wire_of(call_->arguments()), resolve,
                                        call_->foreground());
        !chosen)
        return fail(std::move(chosen).error());
    if (auto chosen = choose_rate(); !chosen) return fail(std::move(chosen).error());
    begin();
}

Result<void> ClientCommand::choose_rate() {
    const auto rate = call_->arguments().rate("limit-rate");
    if (!rate) return {};
    if (rate->value() == 0)
        return make_error(ErrorCode::usage, "cs", "--limit-rate is at least 1 byte a second");
    if (wire_of(call_->arguments()) == Wire::classic)
        return make_error(ErrorCode::usage, "cs", "--limit-rate goes with --wire cs1 alone");
    limit_ = std::make_shared<RateLimit>(*rate);
    return {};
}

// A session's channel goes on without a limit when the command has ended.
ClientCommand::Channel ClientCommand::paced(Channel channel) {
    if (!limit_) return channel;
    channel->limit_rate(limit_);
    paced_.push_back(channel);
    return channel;
}

void ClientCommand::cancel() {
    if (std::exchange(cancelled_, true)) return;
    if (connecting_now_) return fail(cancelled_error());
    on_cancelled();
}

Result<void> ClientCommand::choose_wire() {
    wire_ = wire_of(call_->arguments());
    encrypt_ = call_->arguments().flag("encrypt");
    if (wants_encrypted_files(call_->arguments(), wire_) && !call_->arguments().text("key-file"))
        return make_error(ErrorCode::usage, "cs",
                          "--encrypt needs the key that the server has: --key-file FILE, from "
                          "crypto keygen");
    warn_of_wire(wire_, call_->messages());
    return {};
}

void ClientCommand::with_channel(const HostPort& server, Callback<Channel> use) {
    if (channel_ && channel_->usable() && server == server_) return (void)use(channel_);
    if (wire_ == Wire::classic) {
        server_ = server;
        channel_ = std::make_shared<ClassicChannel>(transport_.get(), parts_.context.loop(), server,
                                                    encrypt_);
        return (void)use(channel_);
    }
    const auto* session = dynamic_cast<CsSession*>(call_->session());
    const bool may_share = session != nullptr && !transport_.chosen();
    const auto link = may_share ? session->link_to(server) : nullptr;
    if (auto open = link ? link->channel() : nullptr) return (void)use(paced(std::move(open)));
    connect(server, link.get(), std::move(use));
}

// A session that has lost its connection makes it anew, since it may have more to say about how it
// is secured than the command has.
void ClientCommand::connect(const HostPort& server, SessionLink* link, Callback<Channel> use) {
    connecting_now_ = true;
    auto done = [this, server, of_session = link != nullptr,
                 use = std::move(use)](Result<std::shared_ptr<ClientChannel>> channel) mutable {
        const auto self = shared_from_this();
        connecting_now_ = false;
        if (!channel) return fail(std::move(channel).error());
        (void)paced(*channel);
        if (of_session) return (void)use(std::move(*channel));
        if (server != server_) more_.clear();
        server_ = server;
        channel_ = std::move(*channel);
        (void)use(channel_);
    };
    auto& loop = parts_.context.loop();
    connecting_ = link != nullptr
                      ? link->reconnect(std::move(done))
                      : ClientChannel::connect(transport_.get(), loop, server, std::move(done));
}

void ClientCommand::with_more_channels(const HostPort& server, std::size_t count,
                                       Callback<std::vector<Channel>> use) {
    std::erase_if(more_, [](const Channel& channel) { return !channel->usable(); });
    // What secures a session's connection is the session's, and none goes beside it in the clear.
    if (count == 0 || more_.size() >= count || !channel_) return (void)use(more_);
    awaited_ = count - more_.size();
    connecting_now_ = true;
    connecting_more_.clear();
    auto shared = std::make_shared<Callback<std::vector<Channel>>>(std::move(use));
    for (auto left = awaited_; left > 0; --left)
        connecting_more_.push_back(
            ClientChannel::connect(transport_.get(), parts_.context.loop(), server,
                                   [this, shared](Result<std::shared_ptr<ClientChannel>> channel) {
                                       const auto self = shared_from_this();
                                       if (channel) more_.push_back(paced(std::move(*channel)));
                                       if (--awaited_ > 0) return;
                                       connecting_now_ = false;
                                       (void)(*shared)(more_);
                                   }));
}

void ClientCommand::write(std::string text, Task then) {
    parts_.pool.run(
        [self = shared_from_this(), text = std::move(text)] {
            return text.empty() ? Result<void>() : self->call_->out().write(text);
        },
        [then = std::move(then)](Result<void>) mutable { (void)then(); });
}

void ClientCommand::finish(std::string text, Value value) {
    write(std::move(text), [self = shared_from_this(), value = std::move(value)]() mutable {
        self->call_->finish(std::move(value));
        self->end();
    });
}

void ClientCommand::fail(Error error) {
    call_->finish(std::move(error));
    end();
}

void ClientCommand::fail(Error error, std::string text, Value fields) {
    write(std::move(text), [self = shared_from_this(), error = std::move(error),
                            fields = std::move(fields)]() mutable {
        self->call_->fail(std::move(error), std::move(fields));
        self->end();
    });
}

void ClientCommand::end() {
    on_cancel_.release();
    connecting_.release();
    connecting_more_.clear();
    more_.clear();
    for (const auto& channel : std::exchange(paced_, {})) channel->limit_rate(nullptr);
    channel_.reset();
    parts_.operations.remove(*this);
}

}  // namespace gantry::cs

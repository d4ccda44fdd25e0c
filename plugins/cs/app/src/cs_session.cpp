#include <cs/app/cs_session.h>
#include <cs/app/wait_for.h>

namespace gantry::cs {

namespace {

// Is told whether a listing begins or is refused; the entries do not matter.
class FolderCheck : public AnswerHandler {
  public:
    explicit FolderCheck(Callback<Result<bool>> done) : done_(std::move(done)) {}
    void entries(std::vector<ListingEntry>) override { say(true); }
    void listing_ended(const ListingEnd&) override { say(true); }
    void failed(Error error, ErrorDetail) override { say(std::move(error)); }

  private:
    void say(Result<bool> outcome) { (void)std::exchange(done_, {})(std::move(outcome)); }
    Callback<Result<bool>> done_;
};

}  // namespace

CsSession::CsSession(AppParts& parts, HostPort server, std::shared_ptr<ClientTransport> transport,
                     std::shared_ptr<ClientChannel> channel)
    : parts_(parts),
      server_(std::move(server)),
      transport_(std::move(transport)),
      channel_(std::move(channel)) {}

CsSession::~CsSession() {
    parts_.context.loop().post(
        [channel = std::move(channel_), transport = std::move(transport_)]() mutable {
            channel.reset();
            transport.reset();
        });
}

std::shared_ptr<ClientChannel> CsSession::channel_to(const HostPort& server) const {
    const bool fits = server == server_ && channel_ && channel_->usable();
    return fits ? channel_ : nullptr;
}

Result<void> CsSession::check_folder(std::string_view path, CancelToken& cancel) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::string name = clean->empty() ? *clean : *clean + "/";
    auto found = wait_for<bool>(
        parts_.context.loop(), cancel, [channel = channel_, name](Callback<Result<bool>> done) {
            auto check = std::make_shared<FolderCheck>(std::move(done));
            channel->ask(ListingRequest{name, false}, check);
            return std::shared_ptr<void>(check.get(),
                                         [channel, check](void*) { channel->forget(*check); });
        });
    if (!found) return std::move(found).error();
    return {};
}

SessionOpened CsSessionOpener::open(const std::string& url, const Arguments& options,
                                    CancelToken& cancel) noexcept {
    auto parsed = CsUrl::parse(url);
    if (!parsed) return std::move(parsed).error();
    auto transport = std::make_shared<ClientTransport>(parts_);
    const auto as_typed = [](const std::string& path) { return path; };  // the shell resolved it
    if (auto chosen = transport->choose(options, Wire::cs1, as_typed, true); !chosen)
        return std::move(chosen).error();
    using Channel = std::shared_ptr<ClientChannel>;
    struct Connecting {
        std::shared_ptr<ClientTransport> transport;
        Registration pending;
    };
    auto& loop = parts_.context.loop();
    auto channel = wait_for<Channel>(
        loop, cancel, [&loop, transport, server = parsed->server](Callback<Result<Channel>> done) {
            auto pending = ClientChannel::connect(transport->get(), loop, server, std::move(done));
            return std::make_shared<Connecting>(Connecting{transport, std::move(pending)});
        });
    if (!channel) return std::move(channel).error();
    return std::unique_ptr<Session>(std::make_unique<CsSession>(
        parts_, parsed->server, std::move(transport), std::move(*channel)));
}

}  // namespace gantry::cs

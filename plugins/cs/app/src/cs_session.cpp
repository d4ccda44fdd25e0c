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

using Channel = std::shared_ptr<ClientChannel>;

// The link's connection, or a new one when that is lost.
Result<Channel> channel_of(EventLoop& loop, const std::shared_ptr<SessionLink>& link,
                           CancelToken& cancel) {
    return wait_for<Channel>(
        loop, cancel, [link](Callback<Result<Channel>> done) -> std::shared_ptr<void> {
            auto open = link->channel();
            if (!open) return std::make_shared<Registration>(link->reconnect(std::move(done)));
            (void)done(std::move(open));
            return nullptr;
        });
}

}  // namespace

CsSession::CsSession(AppParts& parts, std::shared_ptr<SessionLink> link)
    : parts_(parts), link_(std::move(link)) {}

CsSession::~CsSession() {
    parts_.context.loop().post([link = std::move(link_)]() mutable { link.reset(); });
}

std::shared_ptr<SessionLink> CsSession::link_to(const HostPort& server) const {
    return server == link_->server() ? link_ : nullptr;
}

Result<void> CsSession::check_folder(std::string_view path, CancelToken& cancel) {
    auto clean = normalize_path(path);
    if (!clean) return std::move(clean).error();
    const std::string name = clean->empty() ? *clean : *clean + "/";
    auto& loop = parts_.context.loop();
    auto open = channel_of(loop, link_, cancel);
    if (!open) return std::move(open).error();
    auto found = wait_for<bool>(
        loop, cancel, [channel = std::move(*open), name](Callback<Result<bool>> done) {
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
    auto& loop = parts_.context.loop();
    auto link = std::make_shared<SessionLink>(loop, parsed->server, std::move(transport));
    auto session = std::make_unique<CsSession>(parts_, link);
    if (auto open = channel_of(loop, link, cancel); !open) return std::move(open).error();
    return std::unique_ptr<Session>(std::move(session));
}

}  // namespace gantry::cs

#include <cs/net/limits.h>
#include <cs/net/secure_gate.h>

#include <algorithm>
#include <list>

#include "greeting.h"

namespace gantry::cs {

namespace {

// One port, and those who have come to it and not been let in yet.
class GateListener final : public Listener {
  public:
    GateListener(EventLoop& loop, TlsServer& server, PlainClients plain, const Clock& clock,
                 const TurnedAway& away, AcceptCallback accepted)
        : loop_(loop),
          server_(server),
          plain_(plain),
          clock_(clock),
          away_(away),
          accepted_(std::make_shared<AcceptCallback>(std::move(accepted))) {}
    void set_inner(std::unique_ptr<Listener> inner) { inner_ = std::move(inner); }

    Endpoint local() const override { return inner_->local(); }
    void pause() override { inner_->pause(); }
    void resume() override { inner_->resume(); }

    void take(std::unique_ptr<Stream> stream) {
        if (greetings_.size() >= limits::kMaxHandshakes) {
            const auto oldest = greetings_.front();
            greetings_.pop_front();
            away_(oldest->peer(), make_error(ErrorCode::limit, "cs", "too many others came"));
        }
        auto greeting =
            std::make_shared<Greeting>(loop_, std::move(stream), server_, plain_, clock_.wall(),
                                       [this](Greeting& over, Greeting::Outcome outcome) {
                                           finish(over, std::move(outcome));
                                       });
        greetings_.push_back(greeting);
        greeting->start();
    }

  private:
    // Whoever takes the stream may drop this listener.
    void finish(Greeting& over, Greeting::Outcome outcome) {
        std::erase_if(greetings_, [&](const auto& g) { return g.get() == &over; });
        if (!outcome) return away_(over.peer(), outcome.error());
        const auto accepted = accepted_;
        (void)(*accepted)(std::move(*outcome));
    }

    EventLoop& loop_;
    TlsServer& server_;
    PlainClients plain_;
    const Clock& clock_;
    const TurnedAway& away_;
    std::shared_ptr<AcceptCallback> accepted_;
    std::list<std::shared_ptr<Greeting>> greetings_;
    std::unique_ptr<Listener> inner_;
};

}  // namespace

SecureGate::SecureGate(Transport& transport, std::unique_ptr<TlsServer> server, const Clock& clock,
                       TurnedAway turned_away, PlainClients plain)
    : transport_(transport),
      server_(std::move(server)),
      clock_(clock),
      turned_away_(std::move(turned_away)),
      plain_(plain) {}

SecureGate::~SecureGate() = default;

Registration SecureGate::connect(EventLoop& loop, const HostPort&, const ConnectOptions&,
                                 ConnectCallback done) {
    loop.post([done = std::move(done)]() mutable {
        (void)done(make_error(ErrorCode::unsupported, "cs", "this transport listens only"));
    });
    return {};
}

Result<std::unique_ptr<Listener>> SecureGate::listen(EventLoop& loop, const Endpoint& at,
                                                     const ListenOptions& options,
                                                     AcceptCallback accepted) {
    auto gate = std::make_unique<GateListener>(loop, *server_, plain_, clock_, turned_away_,
                                               std::move(accepted));
    auto inner = transport_.listen(
        loop, at, options,
        [raw = gate.get()](std::unique_ptr<Stream> stream) { raw->take(std::move(stream)); });
    if (!inner) return std::move(inner).error();
    gate->set_inner(std::move(*inner));
    return std::unique_ptr<Listener>(std::move(gate));
}

}  // namespace gantry::cs

#include "secure_dial.h"

#include <cs/net/limits.h>

#include <algorithm>

namespace gantry::cs {

Result<const ClientCredentials*> DialShared::load() {
    const std::lock_guard lock(mutex);
    if (!credentials) {
        auto read = ClientCredentials::load(*parts.services->tls, said);
        if (!read) return std::move(read).error();
        credentials = std::move(*read);
    }
    return credentials.get();
}

bool DialShared::asks_known_hosts() const noexcept {
    if (!said.ca_file.empty()) return false;
    return said.key_file.empty() || !said.pins.empty() || said.trust_new;
}

SecureDial::SecureDial(std::shared_ptr<DialShared> shared, EventLoop& loop, HostPort to,
                       ConnectOptions options, ConnectCallback done)
    : shared_(std::move(shared)),
      loop_(loop),
      to_(std::move(to)),
      options_(options),
      done_(std::move(done)) {}

Result<SecureDial::Ready> SecureDial::prepare(DialShared& shared, const HostPort& to,
                                              std::optional<Fingerprint> judged) {
    Ready ready;
    const auto credentials = shared.load();
    if (!credentials) return credentials.error();
    const auto& services = *shared.parts.services;
    ready.accepted = shared.said.pins;
    if (shared.asks_known_hosts()) {
        auto known = services.trust->load();
        if (!known) return std::move(known).error();
        ready.known = std::move(*known);
        if (ready.accepted.empty()) ready.accepted = ready.known.find(to);
    }
    if (judged) ready.accepted = {*judged};
    auto client = (*credentials)->client(*services.tls, ready.accepted);
    if (!client) return std::move(client).error();
    ready.client = std::move(*client);
    return ready;
}

void SecureDial::start() {
    shared_->parts.pool.run(
        [shared = shared_, to = to_, judged = judged_] { return prepare(*shared, to, judged); },
        [weak = weak_from_this()](Result<Ready> ready) {
            const auto self = weak.lock();
            if (!self || !self->done_) return;
            if (!ready) return self->end(std::move(ready).error());
            self->connect(std::move(*ready));
        });
}

void SecureDial::connect(Ready ready) {
    ready_ = std::move(ready);
    connecting_ = shared_->parts.transport.connect(
        loop_, to_, options_, [weak = weak_from_this()](Result<std::unique_ptr<Stream>> stream) {
            const auto self = weak.lock();
            if (!self || !self->done_) return;
            if (!stream) return self->end(std::move(stream).error());
            self->shake(std::move(*stream));
        });
}

void SecureDial::shake(std::unique_ptr<Stream> stream) {
    auto engine = ready_.client->connect(to_.host, shared_->parts.clock.wall());
    if (!engine) return end(std::move(engine).error());
    auto watched = std::make_unique<FirstBytesStream>(std::shared_ptr<Stream>(std::move(stream)));
    first_bytes_ = watched.get();
    stream_ = std::make_unique<SecureStream>(loop_, std::move(watched), std::move(*engine));
    const std::weak_ptr<SecureDial> weak = weak_from_this();
    stream_->set_callbacks({{},
                            [weak] {
                                if (const auto self = weak.lock()) self->opened();
                            },
                            [weak](Error error) {
                                if (const auto self = weak.lock()) self->failed(std::move(error));
                            }});
    stream_->set_interest(Interest::write);
    limit_ = loop_.make_timer([weak] {
        if (const auto self = weak.lock())
            self->end(make_error(ErrorCode::timeout, "tls", "the TLS handshake took too long"));
    });
    limit_->arm(loop_.now() + limits::kHandshakeTime);
}

void SecureDial::opened() {
    limit_.reset();
    stream_->set_callbacks({});
    stream_->set_interest(Interest::none);
    if (!judged_) return end(std::unique_ptr<Stream>(std::move(stream_)));
    shared_->parts.pool.run([services = shared_->parts.services, to = to_,
                             shown = *judged_] { return services->trust->remember(to, shown); },
                            [weak = weak_from_this()](Result<bool> remembered) {
                                const auto self = weak.lock();
                                if (!self || !self->done_) return;
                                if (!remembered) return self->end(std::move(remembered).error());
                                self->end(std::unique_ptr<Stream>(std::move(self->stream_)));
                            });
}

void SecureDial::failed(Error error) {
    limit_.reset();
    const auto shown = stream_->engine().peer().fingerprint;
    const auto speech = first_bytes_->speech();
    const auto stream = std::move(stream_);
    const bool strange =
        shown && std::ranges::find(ready_.accepted, *shown) == ready_.accepted.end();
    if (strange && !judged_ && shared_->asks_known_hosts()) return judge(*shown);
    end(explain(std::move(error), shown, speech));
}

// The server shows a certificate that is neither pinned nor known.
void SecureDial::judge(const Fingerprint& shown) {
    const auto& said = shared_->said;
    const auto& person = shared_->parts.services->person;
    const TrustQuestion question{to_, shown, said.pins, said.trust_new,
                                 said.can_ask && person && person->can_be_asked()};
    auto decision = decide_trust(question, ready_.known);
    if (decision.error) return end(std::move(*decision.error));
    if (decision.verdict == TrustVerdict::ask) return ask(question);
    again(shown);
}

void SecureDial::ask(const TrustQuestion& question) {
    shared_->parts.pool.run(
        [services = shared_->parts.services, token = token_, text = question_text(question)] {
            return services->person->ask(text, *token);
        },
        [weak = weak_from_this(), shown = question.shown](Result<bool> yes) {
            const auto self = weak.lock();
            if (!self || !self->done_) return;
            if (!yes) return self->end(std::move(yes).error());
            if (*yes) return self->again(shown);
            self->end(make_error(ErrorCode::security, "tls", "the certificate was not trusted",
                                 self->to_.to_string()));
        });
}

void SecureDial::again(const Fingerprint& trusted) {
    judged_ = trusted;
    start();
}

Error SecureDial::explain(Error error, const std::optional<Fingerprint>& shown,
                          Speech speech) const {
    error.context = to_.to_string();
    if (error.code == ErrorCode::security && speech == Speech::cs1)
        error.message =
            "this server speaks cs without TLS: leave out --tls and what goes with it, or have it "
            "served with --cert or --key-file";
    else if (shown && !shared_->said.key_file.empty() && !shared_->asks_known_hosts() &&
             shared_->said.ca_file.empty())
        error.message =
            "the server does not have the key of --key-file; it shows the certificate " +
            shown->to_string();
    return error;
}

void SecureDial::stop() {
    token_->cancel();
    done_ = {};
    connecting_.release();
    limit_.reset();
    stream_.reset();
}

void SecureDial::end(Result<std::unique_ptr<Stream>> outcome) {
    const auto self = shared_from_this();
    if (!outcome && outcome.error().context.empty()) outcome.error().context = to_.to_string();
    auto done = std::move(done_);
    done_ = {};
    stop();
    if (done) (void)done(std::move(outcome));
}

}  // namespace gantry::cs

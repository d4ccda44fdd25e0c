#include <crypto/net/server_probe.h>
#include <gantry/crypto/secure_stream.h>

#include <future>
#include <utility>

namespace gantry::crypto {
namespace {

using Outcome = Result<std::string>;

// Lives on the loop. Its callbacks hold it, so it goes when the last of them has gone.
class Probe : public std::enable_shared_from_this<Probe> {
  public:
    Probe(const ProbeParts& parts, HostPort to, std::unique_ptr<TlsEngine> engine)
        : parts_(parts), to_(std::move(to)), engine_(std::move(engine)) {}

    std::future<Outcome> outcome() { return outcome_.get_future(); }

    void start(Duration limit, CancelToken& cancel) {
        on_cancel_ = cancel.on_cancel(parts_.loop, [self = shared_from_this()] {
            self->end(make_error(ErrorCode::cancelled, "crypto", "cancelled"));
        });
        limit_ = parts_.loop.make_timer([self = shared_from_this()] {
            self->end(make_error(ErrorCode::timeout, "tls", "the server does not answer in time",
                                 self->to_.to_string()));
        });
        limit_->arm(parts_.loop.now() + limit);
        connecting_ = parts_.connector.connect(parts_.loop, to_, {.timeout = limit},
                                               [self = shared_from_this()](auto stream) {
                                                   if (!stream)
                                                       return self->end(std::move(stream).error());
                                                   self->shake(std::move(*stream));
                                               });
    }

  private:
    void shake(std::unique_ptr<Stream> stream) {
        stream_ =
            std::make_unique<SecureStream>(parts_.loop, std::move(stream), std::move(engine_));
        stream_->set_callbacks(
            {{},
             [self = shared_from_this()] { self->shown({}); },
             [self = shared_from_this()](Error e) { self->shown(std::move(e)); }});
        stream_->set_interest(Interest::write);
    }
    // What fails after the certificate was shown does not matter here.
    void shown(std::optional<Error> error) {
        auto pem = stream_->engine().peer_chain();
        if (!pem.empty()) return end(std::move(pem));
        end(error ? std::move(*error)
                  : make_error(ErrorCode::security, "tls", "the server shows no certificate"));
    }
    void end(Outcome outcome) {
        if (std::exchange(ended_, true)) return;
        const auto self = shared_from_this();
        on_cancel_.release();
        connecting_.release();
        limit_.reset();
        stream_.reset();
        outcome_.set_value(std::move(outcome));
    }

    ProbeParts parts_;
    HostPort to_;
    std::unique_ptr<TlsEngine> engine_;
    std::promise<Outcome> outcome_;
    Registration on_cancel_;
    Registration connecting_;
    std::unique_ptr<Timer> limit_;
    std::unique_ptr<SecureStream> stream_;
    bool ended_ = false;
};

}  // namespace

Result<std::string> probe_server(const ProbeParts& parts, const HostPort& to, WallTime now,
                                 Duration limit, CancelToken& cancel) {
    auto client =
        parts.tls.client({.trust = TrustAnyone{}, .alpn = {"cs/1", "lftp/2", "http/1.1"}});
    if (!client) return std::move(client).error();
    auto engine = (*client)->connect(to.host, now);
    if (!engine) return std::move(engine).error();
    auto probe = std::make_shared<Probe>(parts, to, std::move(*engine));
    auto outcome = probe->outcome();
    parts.loop.post([probe = std::move(probe), limit, &cancel] { probe->start(limit, cancel); });
    return outcome.get();
}

}  // namespace gantry::crypto

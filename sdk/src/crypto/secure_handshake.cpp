#include <gantry/crypto/secure_stream.h>

#include <optional>
#include <utility>

namespace gantry {
namespace {

class Handshake : public RegistrationToken {
  public:
    Handshake(EventLoop& loop, std::unique_ptr<Stream> inner, std::unique_ptr<TlsEngine> engine,
              Duration timeout, SecureCallback done)
        : done_(std::move(done)),
          stream_(std::make_unique<SecureStream>(loop, std::move(inner), std::move(engine))),
          limit_(loop.make_timer([this] {
              return end(make_error(ErrorCode::timeout, "tls", "the TLS handshake took too long",
                                    stream_->peer().to_string()));
          })) {
        stream_->set_callbacks({{},
                                [this] { return end({}); },
                                [this](Error error) { return end(std::move(error)); }});
        stream_->set_interest(Interest::write);
        limit_->arm(loop.now() + timeout);
    }

  private:
    // `done` may drop this.
    Result<void> end(std::optional<Error> error) {
        limit_.reset();
        auto done = std::move(done_);
        auto stream = std::move(stream_);
        stream->set_callbacks({});
        stream->set_interest(Interest::none);
        if (!error) return done(std::move(stream));
        stream.reset();
        return done(std::move(*error));
    }

    SecureCallback done_;
    std::unique_ptr<SecureStream> stream_;
    std::unique_ptr<Timer> limit_;
};

}  // namespace

Registration secure(EventLoop& loop, std::unique_ptr<Stream> inner,
                    std::unique_ptr<TlsEngine> engine, Duration timeout, SecureCallback done) {
    return Registration(std::make_unique<Handshake>(loop, std::move(inner), std::move(engine),
                                                    timeout, std::move(done)));
}

}  // namespace gantry

#include <gantry/net/send_copy.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "secure_stream_impl.h"

namespace gantry {

SecureStream::SecureStream(EventLoop& loop, std::unique_ptr<Stream> inner,
                           std::unique_ptr<TlsEngine> engine)
    : impl_(std::make_unique<Impl>(loop, std::move(inner), std::move(engine))) {}

SecureStream::~SecureStream() = default;

void SecureStream::set_callbacks(StreamCallbacks callbacks) {
    impl_->set_callbacks(std::move(callbacks));
}

void SecureStream::set_interest(Interest interest) { impl_->set_interest(interest); }

Result<ReadOutcome> SecureStream::read(ByteSpan into) { return impl_->read(into); }

Result<std::size_t> SecureStream::write(std::span<const ByteView> buffers) {
    return impl_->write(buffers);
}

Result<std::size_t> SecureStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    if (auto state = impl_->usable(true); !state) return std::move(state).error();
    if (count == 0 || !impl_->has_room()) return std::size_t{0};
    return send_copy(*this, file, offset, std::min(count, kMaxSendFile));
}

Result<void> SecureStream::finish_writing() { return impl_->finish_writing(); }

void SecureStream::abort() { impl_->abort(); }

Endpoint SecureStream::local() const { return impl_->inner().local(); }

Endpoint SecureStream::peer() const { return impl_->inner().peer(); }

Security SecureStream::security() const {
    if (impl_->engine().state() == TlsState::handshaking) return {};
    auto peer = impl_->engine().peer();
    return {true, peer.authenticated, "TLSv1.3", std::move(peer.identity)};
}

TlsEngine& SecureStream::engine() noexcept { return impl_->engine(); }

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

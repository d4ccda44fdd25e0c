#include "greeting.h"

#include <cs/net/limits.h>
#include <cs/wire/error_message.h>

#include "unread_stream.h"

namespace gantry::cs {

Greeting::Greeting(EventLoop& loop, std::unique_ptr<Stream> stream, TlsServer& server,
                   PlainClients plain, WallTime now, Over over)
    : loop_(loop),
      stream_(std::move(stream)),
      server_(server),
      plain_(plain),
      now_(now),
      over_(std::move(over)),
      peer_(stream_->peer()) {}

void Greeting::start() {
    limit_ = loop_.make_timer([this] {
        end(why_.value_or(make_error(ErrorCode::timeout, "cs", "the handshake took too long")));
    });
    limit_->arm(loop_.now() + limits::kHandshakeTime);
    stream_->set_callbacks({[this] { on_readable(); }, [this] { write_farewell(); },
                            [this](Error error) { end(std::move(error)); }});
    stream_->set_interest(Interest::read);
}

void Greeting::on_readable() {
    if (why_) return discard();
    while (count_ < first_.size()) {
        auto got = stream_->read(ByteSpan(first_).subspan(count_));
        if (!got) return end(std::move(got).error());
        if (got->end)
            return end(make_error(ErrorCode::network, "cs", "the peer went away without a word"));
        if (got->bytes == 0) return;
        count_ += got->bytes;
    }
    decide();
}

void Greeting::decide() {
    switch (tell_speech(first_)) {
        case Speech::tls:
            return secure_it();
        case Speech::cs1:
            return plain_ == PlainClients::let_in ? let_in() : say_farewell();
        case Speech::unknown:
        case Speech::other:
            break;
    }
    end(make_error(ErrorCode::protocol, "cs", "the peer speaks neither TLS nor cs"));
}

void Greeting::let_in() {
    stream_->set_callbacks({});
    stream_->set_interest(Interest::none);
    end(std::unique_ptr<Stream>(
        std::make_unique<UnreadStream>(std::exchange(stream_, nullptr), first_)));
}

void Greeting::secure_it() {
    auto engine = server_.accept(now_);
    if (!engine) return end(std::move(engine).error());
    (*engine)->feed(first_);
    secure_ = std::make_unique<SecureStream>(loop_, std::make_unique<FirstBytesStream>(stream_),
                                             std::move(*engine));
    secure_->set_callbacks(
        {{}, [this] { secured(); }, [this](Error error) { refused(std::move(error)); }});
    secure_->set_interest(Interest::write);
}

void Greeting::secured() {
    secure_->set_callbacks({});
    secure_->set_interest(Interest::none);
    stream_.reset();
    end(std::unique_ptr<Stream>(std::move(secure_)));
}

// A client that shows a wrong certificate has finished its own handshake and is sending already.
void Greeting::refused(Error why) {
    secure_.reset();
    why_ = std::move(why);
    stream_->set_callbacks({[this] { discard(); }, {}, [this](const Error&) { end(*why_); }});
    linger();
    discard();
}

// In the client's own words, so that it can tell a person.
void Greeting::say_farewell() {
    const ErrorMessage words{ErrorCode::security, ErrorDetail::none, wants_secured().message};
    farewell_ = make_frame(FrameType::error, ServiceId::file, kConnectionId, words.encode());
    why_ = wants_secured();
    write_farewell();
}

void Greeting::write_farewell() {
    while (told_ < farewell_.size()) {
        const auto rest = ByteView(farewell_).subspan(told_);
        auto count = stream_->write(std::span(&rest, 1));
        if (!count) return end(std::move(count).error());
        if (*count == 0) return stream_->set_interest(Interest::both);
        told_ += *count;
    }
    linger();
}

// Closing with bytes unread would be a reset, which can overtake what was told.
void Greeting::linger() {
    limit_->arm(loop_.now() + limits::kFarewellTime);
    if (!stream_->finish_writing()) return end(*why_);
    stream_->set_interest(Interest::read);
}

void Greeting::discard() {
    if (!over_) return;
    std::array<std::byte, 4096> unread;
    auto got = stream_->read(unread);
    discarded_ += got ? got->bytes : 0;
    if (!got || got->end || discarded_ > limits::kFarewellBytes) end(*why_);
}

void Greeting::end(Outcome outcome) {
    if (!over_) return;
    const auto self = shared_from_this();
    auto over = std::move(over_);
    over_ = {};
    limit_.reset();
    if (secure_) secure_->set_callbacks({});
    if (stream_) stream_->set_callbacks({});
    (void)over(*this, std::move(outcome));
}

}  // namespace gantry::cs

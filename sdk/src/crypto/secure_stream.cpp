#include <gantry/net/send_copy.h>

#include <algorithm>
#include <array>
#include <utility>

#include "secure_stream_impl.h"

namespace gantry {

namespace {

constexpr std::size_t kRecord = 16 * 1024;  // RFC 8446 section 5.1
constexpr int kDiscards = 64;
constexpr std::size_t kSmall = 4 * 1024;  // buffers below it share records

}  // namespace

SecureStream::Impl::Impl(EventLoop& loop, std::unique_ptr<Stream> inner,
                         std::unique_ptr<TlsEngine> engine)
    : loop_(loop),
      inner_(std::move(inner)),
      engine_(std::move(engine)),
      wake_(loop.make_timer([this] { return error_ ? tell_closed() : tell(); })) {
    inner_->set_callbacks({[this] { return on_inner(true); }, [this] { return on_inner(false); },
                           [this](Error error) {
                               if (!error_) error_ = std::move(error);
                               return tell_closed();
                           }});
    flush();
    update();
}

SecureStream::Impl::~Impl() {
    if (!error_ && !closed_ && is_open()) {
        engine_->finish_writing();
        flush();
    }
    if (inner_finished_) discard();
}

void SecureStream::Impl::set_callbacks(StreamCallbacks callbacks) {
    lifetime_.callbacks_replaced();
    callbacks_ = std::move(callbacks);
}

void SecureStream::Impl::set_interest(Interest interest) {
    interest_ = interest;
    update();
}

Result<void> SecureStream::Impl::usable(bool to_write) const {
    if (error_) return *error_;
    if (closed_) return make_error(ErrorCode::closed, "tls", "the connection was aborted");
    if (to_write && finished_)
        return make_error(ErrorCode::closed, "tls", "writing was finished before");
    return {};
}

Error SecureStream::Impl::fail(Error error) {
    if (!error_) {
        error_ = std::move(error);
        wake_->arm(loop_.now());
    }
    return *error_;
}

// The alert that tells the peer goes out, as far as it can at once.
Error SecureStream::Impl::engine_failed() {
    auto error = engine_->failure().value();
    if (error.context.empty()) error.context = inner_->peer().to_string();
    flush();
    return fail(std::move(error));
}

// Takes bytes in from the inner stream; whether any, or the end, came.
bool SecureStream::Impl::pull() {
    if (inner_ended_ || error_) return false;
    const ByteSpan into = engine_->room();
    if (into.empty()) return false;
    auto got = inner_->read(into);
    if (!got) {
        (void)fail(std::move(got).error());
        return false;
    }
    inner_ended_ = got->end;
    if (got->end)
        engine_->received_end();
    else if (got->bytes > 0)
        engine_->received(got->bytes);
    return got->end || got->bytes > 0;
}

// Bytes that nobody read would make the system end the connection with a reset, and then the peer
// might not get what was sent last.
void SecureStream::Impl::discard() {
    std::array<std::byte, 4096> unread;
    for (int i = 0; i < kDiscards; ++i) {
        const auto got = inner_->read(unread);
        if (!got || got->bytes == 0) return;
    }
}

void SecureStream::Impl::flush() {
    while (!engine_->outgoing().empty()) {
        if (error_ || inner_finished_) return;
        const ByteView from = engine_->outgoing();
        auto wrote = inner_->write(std::span(&from, 1));
        if (!wrote) return (void)fail(std::move(wrote).error());
        if (*wrote == 0) return;
        engine_->sent(*wrote);
    }
    const bool over = engine_->state() == TlsState::failed || (finished_ && is_open());
    if (over && !std::exchange(inner_finished_, true)) (void)inner_->finish_writing();
}

Result<ReadOutcome> SecureStream::Impl::read(ByteSpan into) {
    if (auto state = usable(false); !state) return std::move(state).error();
    if (into.empty()) return ReadOutcome{};
    ReadOutcome outcome;
    do {
        auto got = engine_->read(into);
        if (!got) return engine_failed();
        outcome = {*got, *got == 0 && engine_->ended()};
    } while (outcome.bytes == 0 && !outcome.end && pull());
    if (error_) return *error_;
    update();
    return outcome;
}

Result<std::size_t> SecureStream::Impl::encrypt(ByteView bytes) {
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        auto count = engine_->write(bytes.subspan(taken));
        if (!count) return engine_failed();
        if (*count == 0 && !has_room()) break;
        taken += *count;
    }
    return taken;
}

bool SecureStream::Impl::has_room() {
    flush();
    return can_write();
}

bool SecureStream::Impl::can_write() const noexcept {
    return is_open() && !finished_ && engine_->outgoing().empty() && !error_;
}

Result<std::size_t> SecureStream::Impl::write(std::span<const ByteView> buffers) {
    if (auto state = usable(true); !state) return std::move(state).error();
    std::array<std::byte, kRecord> joined;
    std::size_t written = 0;
    while (!buffers.empty()) {
        ByteView next = buffers.front();
        std::size_t used = 0;
        while (!buffers.empty() && buffers.front().size() <= std::min(kSmall, kRecord - used)) {
            std::copy(buffers.front().begin(), buffers.front().end(), joined.begin() + used);
            used += buffers.front().size();
            buffers = buffers.subspan(1);
        }
        if (used > 0)
            next = ByteView(joined).first(used);
        else if (!buffers.empty())
            buffers = buffers.subspan(1);
        auto taken = encrypt(next);
        if (!taken) return taken;
        written += *taken;
        if (*taken < next.size()) break;
    }
    flush();
    if (error_ && written == 0) return *error_;
    update();
    return written;
}

Result<void> SecureStream::Impl::finish_writing() {
    if (auto state = usable(false); !state) return state;
    if (std::exchange(finished_, true)) return {};
    engine_->finish_writing();
    flush();
    update();
    return {};
}

void SecureStream::Impl::abort() {
    if (std::exchange(closed_, true)) return;
    lifetime_.callbacks_replaced();
    callbacks_ = {};
    wake_->disarm();
    inner_->abort();
}

Result<void> SecureStream::Impl::on_inner(bool readable) {
    if (readable) (void)pull();
    flush();
    return tell();
}

Result<void> SecureStream::Impl::tell() {
    const Lifetime::Observer observer(lifetime_);
    Result<void> outcome;
    telling_ = true;
    if (wants_read(interest_) && !error_ && is_open() && engine_->readable() && is_open())
        outcome = lifetime_.call(callbacks_.readable);
    if (!observer.gone() && !closed_ && wants_write(interest_) && can_write())
        outcome = both(std::move(outcome), lifetime_.call(callbacks_.writable));
    if (observer.gone()) return outcome;
    telling_ = false;
    if (!closed_) update();
    return outcome;
}

Result<void> SecureStream::Impl::tell_closed() {
    if (std::exchange(closed_, true)) return {};
    wake_->disarm();
    inner_->set_interest(Interest::none);
    return lifetime_.call(callbacks_.closed, *error_);
}

// Asks the inner stream for what is needed next.
void SecureStream::Impl::update() {
    if (telling_ || closed_) return;
    const bool waits = is_open() && wants_read(interest_) && !error_ && engine_->readable();
    if (!error_ && engine_->state() == TlsState::failed) (void)engine_failed();
    if (waits && !error_) wake_->arm(loop_.now());
    const bool handshaking = engine_->state() == TlsState::handshaking;
    const bool read =
        !error_ && !inner_ended_ && (handshaking || (wants_read(interest_) && !waits));
    const bool write = !error_ && !inner_finished_ &&
                       (!engine_->outgoing().empty() || (wants_write(interest_) && can_write()));
    const auto wanted = static_cast<Interest>((read ? 1U : 0U) | (write ? 2U : 0U));
    if (wanted != std::exchange(inner_interest_, wanted)) inner_->set_interest(wanted);
}

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

}  // namespace gantry

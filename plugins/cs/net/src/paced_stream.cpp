#include <cs/net/paced_stream.h>
#include <gantry/net/send_copy.h>

#include <algorithm>

namespace gantry::cs {

namespace {

// The front of the buffers, `most` bytes of it.
std::vector<ByteView> front_of(std::span<const ByteView> buffers, std::size_t most) {
    std::vector<ByteView> front;
    for (const auto& buffer : buffers) {
        front.push_back(buffer.first(std::min(buffer.size(), most)));
        most -= front.back().size();
    }
    return front;
}

}  // namespace

PacedStream::PacedStream(EventLoop& loop, std::unique_ptr<Stream> inner)
    : PassingStream(std::move(inner)), loop_(loop) {
    reading_.timer = loop_.make_timer([this] { release(reading_); });
    writing_.timer = loop_.make_timer([this] { release(writing_); });
}

void PacedStream::limit(std::shared_ptr<RateLimit> limit) {
    limit_ = std::move(limit);
    release(reading_);
    release(writing_);
}

void PacedStream::set_interest(Interest interest) {
    wanted_ = interest;
    apply();
}

Result<ReadOutcome> PacedStream::read(ByteSpan into) {
    if (!limit_) return inner().read(into);
    const auto most = allowed(reading_, limit_->reading);
    if (most == 0) return ReadOutcome{};
    auto outcome = inner().read(into.first(std::min(into.size(), most)));
    if (outcome && outcome->bytes > 0) limit_->reading.passed(outcome->bytes, loop_.now());
    return outcome;
}

Result<std::size_t> PacedStream::write(std::span<const ByteView> buffers) {
    if (!limit_) return inner().write(buffers);
    const auto most = allowed(writing_, limit_->writing);
    if (most == 0) return std::size_t{0};
    auto count = inner().write(front_of(buffers, most));
    if (count && *count > 0) limit_->writing.passed(*count, loop_.now());
    return count;
}

Result<std::size_t> PacedStream::send_file(File& file, std::uint64_t offset, std::size_t count) {
    if (!limit_) return inner().send_file(file, offset, count);
    return send_copy(*this, file, offset, count);
}

// 0: the way is held, and its readiness is told when more may pass.
std::size_t PacedStream::allowed(Way& way, const Pacer& pacer) {
    const auto most = pacer.allowed(loop_.now());
    if (most > 0) return most;
    way.held = true;
    way.timer->arm(pacer.next());
    apply();
    return 0;
}

void PacedStream::release(Way& way) {
    if (std::exchange(way.held, false)) apply();
}

void PacedStream::apply() {
    auto wanted = static_cast<unsigned>(wanted_);
    if (reading_.held) wanted &= ~static_cast<unsigned>(Interest::read);
    if (writing_.held) wanted &= ~static_cast<unsigned>(Interest::write);
    inner().set_interest(static_cast<Interest>(wanted));
}

}  // namespace gantry::cs

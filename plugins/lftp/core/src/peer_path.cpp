#include <lftp/core/peer_path.h>
#include <lftp/core/rtt_estimator.h>

#include <algorithm>
#include <utility>

namespace gantry::lftp {

void PeerPath::on_received(const Endpoint& from, std::size_t bytes) noexcept {
    if (from == address_) received_ += bytes;
}

void PeerPath::on_sent(const Endpoint& to, std::size_t bytes) noexcept {
    if (to == address_) sent_ += bytes;
}

std::uint64_t PeerPath::allowance() const noexcept {
    if (proved_) return limits::kMaxDatagram;
    const std::uint64_t most = limits::kAmplification * received_;
    return most > sent_ ? most - sent_ : 0;
}

void PeerPath::settle() noexcept {
    former_.reset();
    proved_ = true;
    challenge_due_ = false;
    deadline_ = TimePoint::max();
}

void PeerPath::move_to(const Endpoint& from, std::size_t bytes, TimePoint now,
                       Duration probe_timeout) noexcept {
    if (!former_) former_ = address_;
    address_ = from;
    received_ = bytes;
    sent_ = 0;
    if (from == *former_) return settle();
    proved_ = false;
    asked_ = 0;
    challenge_due_ = true;
    waits_ = 1;
    deadline_ = now + patience(probe_timeout);
}

void PeerPath::on_challenge_sent(const PathToken& token) noexcept {
    tokens_[asked_++] = token;
    challenge_due_ = false;
}

PeerPath::Verdict PeerPath::on_response(const PathToken& token) noexcept {
    const auto end = tokens_.begin() + static_cast<std::ptrdiff_t>(asked_);
    if (!former_ || std::find(tokens_.begin(), end, token) == end) return Verdict::unasked;
    const bool same = former_->address == address_.address;
    settle();
    return same ? Verdict::same_path : Verdict::new_path;
}

// A path that nobody has measured may be slower than the former one.
Duration PeerPath::patience(Duration probe_timeout) const noexcept {
    const bool measured = !former_ || former_->address == address_.address;
    return measured ? probe_timeout : std::max(probe_timeout, RttEstimator().probe_timeout());
}

void PeerPath::on_timeout(TimePoint now, Duration probe_timeout) noexcept {
    if (now < deadline_) return;
    if (waits_ == kChallenges) {
        address_ = *former_;
        return settle();
    }
    ++waits_;
    challenge_due_ = true;
    deadline_ = now + patience(probe_timeout);
}

}  // namespace gantry::lftp

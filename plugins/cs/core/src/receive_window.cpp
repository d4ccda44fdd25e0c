#include <cs/core/receive_window.h>
#include <cs/wire/frame_header.h>

#include <algorithm>

namespace gantry::cs {

namespace {

// A shorter time would take one burst of the disk for the rate.
constexpr Duration kRateTime = std::chrono::milliseconds(5);
// A longer one means that the peer had nothing to send.
constexpr Duration kLongestRoundTrip = std::chrono::seconds(2);

// A congestion control must never find less credit than it lets be in flight, which is up to three
// times the rate times the round trip (BBR while it starts), or it takes the sender for one who has
// nothing to send. A grant is half a round trip old when it arrives, and comes when a quarter of
// the window is free.
constexpr double kGain = 6;

}  // namespace

Result<void> ReceiveWindow::received(std::uint64_t bytes, TimePoint now) {
    if (bytes > room()) return protocol_error("more data came than there was credit for");
    if (!rate_from_) rate_from_ = Mark{consumed_, now};
    received_ += bytes;
    if (!probe_ || received_ <= probe_->bytes) return {};
    const auto sample = now - probe_->at;
    probe_.reset();
    if (sample <= kLongestRoundTrip) round_trip_ = std::min(round_trip_.value_or(sample), sample);
    return {};
}

void ReceiveWindow::consumed(std::uint64_t bytes) noexcept { consumed_ += std::min(bytes, held()); }

void ReceiveWindow::use() noexcept { window_ = std::max(window_, range_.least); }

std::optional<std::uint64_t> ReceiveWindow::poll_grant(TimePoint now) {
    if (limit_ - consumed_ > window_ - window_ / 4) return std::nullopt;
    follow_rate(now);
    const auto limit = consumed_ + window_;
    if (limit <= limit_) return std::nullopt;
    if (!probe_) probe_ = Mark{limit_, now};
    limit_ = limit;
    return limit_;
}

void ReceiveWindow::follow_rate(TimePoint now) {
    if (!round_trip_ || !rate_from_) return;
    const auto passed = now - rate_from_->at;
    if (passed < std::max(kRateTime, *round_trip_)) return;
    const auto rate = static_cast<double>(consumed_ - rate_from_->bytes) / to_seconds(passed);
    rate_from_ = Mark{consumed_, now};
    const double most = static_cast<double>(range_.largest);
    const auto wanted =
        static_cast<std::uint64_t>(std::min(most, kGain * rate * to_seconds(*round_trip_)));
    // One slow moment is not the end of a fast transfer.
    window_ = std::clamp(std::max(wanted, window_ / 2), range_.least, range_.largest);
}

}  // namespace gantry::cs

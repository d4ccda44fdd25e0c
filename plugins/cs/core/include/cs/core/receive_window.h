#pragma once

#include <cs/core/limits.h>
#include <gantry/core/clock.h>
#include <gantry/core/result.h>

#include <cstdint>
#include <optional>

namespace gantry::cs {

// The receiving side of credit, for a connection or for one request (docs/protocols/cs.md,
// "Streams" and section 6): counts what comes and what was used up, and says when the peer may be
// told a higher limit. The window follows six times the measured rate times the round trip.
class ReceiveWindow {
  public:
    explicit ReceiveWindow(const limits::WindowRange& range)
        : range_(range), window_(range.first), limit_(range.first) {}

    // ErrorCode::protocol when more came than there was credit for.
    Result<void> received(std::uint64_t bytes, TimePoint now);
    // So many bytes of those need no room any more.
    void consumed(std::uint64_t bytes) noexcept;
    // From now on it is in use: at least the range's `least`.
    void use() noexcept;
    // The limit to tell the peer, once a quarter of the window is free.
    std::optional<std::uint64_t> poll_grant(TimePoint now);

    std::uint64_t room() const noexcept { return limit_ - received_; }
    std::uint64_t held() const noexcept { return received_ - consumed_; }  // not used up
    std::uint64_t window() const noexcept { return window_; }
    std::optional<Duration> round_trip() const noexcept { return round_trip_; }

  private:
    struct Mark {
        std::uint64_t bytes = 0;
        TimePoint at{};
    };
    void follow_rate(TimePoint now);

    limits::WindowRange range_;
    std::uint64_t window_;
    std::uint64_t limit_;  // what the peer was told
    std::uint64_t received_ = 0;
    std::uint64_t consumed_ = 0;
    std::optional<Mark> rate_from_;       // consumed_ at the time the rate is measured from
    std::optional<Mark> probe_;           // a former limit, and when it was raised
    std::optional<Duration> round_trip_;  // the least that was seen
};

}  // namespace gantry::cs

#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace gantry::lftp {

// How much the peer may send, of a stream or of all (docs/protocols/rudp.md section 7): credit is
// given again when half of the window was read, and the window grows where that took less than
// kFastRounds round trips.
class ReceiveWindow {
  public:
    // A lost packet holds up all behind it for a round trip or two, and the peer sends on
    // meanwhile: so many round trips of a window are needed to keep a bad path full.
    static constexpr int kFastRounds = 4;
    // A peer that starts sends two or three times as much each round trip, and hears of more a
    // round trip later.
    static constexpr std::uint64_t kFastGrowth = 2;
    static constexpr std::uint64_t kFastestGrowth = 4;  // half was read within a round trip

    // `origin`: what counts as read at the begin.
    ReceiveWindow(std::uint64_t window, std::uint64_t largest, std::uint64_t origin = 0) noexcept
        : window_(window), largest_(largest), read_(origin), limit_(origin + window) {}

    std::uint64_t limit() const noexcept { return limit_; }  // that the peer was told
    std::uint64_t window() const noexcept { return window_; }
    // So many more bytes were read, or dropped.
    void on_read(std::uint64_t bytes) noexcept { read_ += bytes; }
    bool update_due() const noexcept { return limit_ - read_ <= window_ / 2; }
    // Raises the limit, while update_due(). `may_grow`: the process has memory for twice the
    // window.
    std::uint64_t update(TimePoint now, Duration rtt, bool may_grow = true) noexcept;
    // Bytes up to `highest` have come, and cannot be read for a gap before them. Whether the peer
    // is to be told of a larger limit.
    bool stretch(std::uint64_t highest) noexcept;
    // The same with the window as it is.
    void extend() noexcept { limit_ = std::max(limit_, read_ + window_); }

  private:
    std::uint64_t window_;
    std::uint64_t largest_;
    std::uint64_t read_;
    std::uint64_t limit_;
    std::optional<TimePoint> updated_at_;
};

}  // namespace gantry::lftp

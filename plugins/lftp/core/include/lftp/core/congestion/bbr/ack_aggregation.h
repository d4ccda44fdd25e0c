#pragma once

#include <gantry/core/clock.h>
#include <lftp/core/congestion/bbr/windowed_max.h>

namespace gantry::lftp {

// How many bytes ACKs bring at once beyond what the rate explains: the window needs room for them
// while they are waited for (draft-ietf-ccwg-bbr section 5.5.9).
class AckAggregation {
  public:
    static constexpr std::uint64_t kRounds = 10;  // of memory, once the pipe was full

    void on_ack(TimePoint now, std::uint64_t acked, std::uint64_t bandwidth, std::uint64_t window,
                std::uint64_t round, std::uint64_t memory) noexcept;
    void restart(TimePoint now) noexcept { since_ = now; }

    std::uint64_t extra() const noexcept { return extra_.value(); }

  private:
    TimePoint since_;
    bool begun_ = false;
    std::uint64_t delivered_ = 0;
    WindowedMax extra_;
};

}  // namespace gantry::lftp

#pragma once

#include <lftp/core/congestion/rate_sample.h>

namespace gantry::lftp {

// Counts round trips by packets: one is over when a packet is acknowledged that was sent after it
// began (draft-ietf-ccwg-bbr section 5.5.1).
class RoundCounter {
  public:
    // True when this ACK begins a round.
    bool on_ack(const RateSample& rate) noexcept {
        started_ = rate.prior_delivered >= next_;
        if (started_) {
            next_ = rate.total_delivered;
            ++count_;
        }
        return started_;
    }
    // The running round begins anew with what is sent from now on.
    void restart(std::uint64_t delivered) noexcept { next_ = delivered; }

    bool started() const noexcept { return started_; }
    std::uint64_t count() const noexcept { return count_; }

  private:
    std::uint64_t next_ = 0;
    std::uint64_t count_ = 0;
    bool started_ = false;
};

}  // namespace gantry::lftp

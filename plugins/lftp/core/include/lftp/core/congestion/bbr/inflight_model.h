#pragma once

#include <lftp/core/congestion/arithmetic.h>

#include <algorithm>

namespace gantry::lftp {

// How much in flight the path takes without loss (draft-ietf-ccwg-bbr sections 5.3.3.5 and 5.5.10):
// a bound for the long term that probing moves, and one below it after loss between the probes.
class InflightModel {
  public:
    explicit InflightModel(std::uint64_t datagram) : datagram_(datagram) {}
    void set_datagram(std::uint64_t datagram) noexcept { datagram_ = datagram; }

    std::uint64_t long_term() const noexcept { return long_term_; }
    std::uint64_t short_term() const noexcept { return short_term_; }
    bool bounded() const noexcept { return long_term_ != kUnbounded; }
    // What leaves room for others, in CRUISE and PROBE_RTT.
    std::uint64_t with_headroom() const noexcept;

    std::uint64_t latest() const noexcept { return latest_; }
    void note_latest(std::uint64_t delivered) noexcept { latest_ = std::max(latest_, delivered); }
    void begin_latest(std::uint64_t delivered) noexcept { latest_ = delivered; }

    void set_long_term(std::uint64_t bound) noexcept { long_term_ = bound; }
    void raise_long_term(std::uint64_t bound) noexcept { long_term_ = std::max(long_term_, bound); }
    void raise_short_term(std::uint64_t bound) noexcept {
        short_term_ = std::max(short_term_, bound);
    }
    void lift_short_term() noexcept { short_term_ = kUnbounded; }
    // A round with loss, which delivered `latest` of what it sent: at most by kBeta.
    void yield(std::uint64_t window, std::uint64_t latest) noexcept;

    // Probing upward: by 1, 2, 4 ... datagrams a round, spread over its ACKs.
    void begin_raise() noexcept;
    void next_slope(std::uint64_t window) noexcept;
    void raise(std::uint64_t acked) noexcept;
    void end_raise() noexcept { acked_per_step_ = kUnbounded; }

  private:
    std::uint64_t datagram_;
    std::uint64_t long_term_ = kUnbounded;
    std::uint64_t short_term_ = kUnbounded;
    std::uint64_t latest_ = 0;
    std::uint64_t acked_per_step_ = kUnbounded;
    std::uint64_t acked_ = 0;
    unsigned rounds_ = 0;
};

}  // namespace gantry::lftp

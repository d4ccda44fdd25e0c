#pragma once

#include <lftp/core/congestion/bbr/path_model.h>
#include <lftp/core/congestion/settings.h>

namespace gantry::lftp {

// The window of BBR: follows what the model wants in flight, up by what arrives and down at once,
// within the model's bounds (draft-ietf-ccwg-bbr section 5.6.4).
class BbrWindow {
  public:
    // `first`: what it begins with; 0: as RFC 9002 has it.
    explicit BbrWindow(std::uint64_t datagram, std::uint64_t first = 0)
        : datagram_(datagram),
          first_(first == 0 ? initial_window(datagram) : first),
          window_(first_) {}

    std::uint64_t value() const noexcept { return window_; }
    std::uint64_t minimum() const noexcept { return bbr::kMinPipePackets * datagram_; }
    std::uint64_t initial() const noexcept { return first_; }

    // Whether the window, and nothing else, held packets back in this round or the last.
    bool limits() const noexcept { return limits_ || limited_last_; }
    void on_sent(std::uint64_t in_flight) noexcept;
    void on_round() noexcept;

    // The least that keeps packets under way at `bdp`: a train, and enough for ACKs in pairs.
    std::uint64_t quantized(std::uint64_t inflight, BbrState state,
                            std::uint64_t train) const noexcept;
    // `gains`: of `state`, or kRapidStartup.
    void on_ack(const AckSample& ack, const PathModel& path, BbrState state, const BbrGains& gains,
                bool full, std::uint64_t train) noexcept;
    // What PROBE_RTT leaves in flight.
    std::uint64_t probe_rtt_window(const PathModel& path) const noexcept;

    // The last good window, remembered while PROBE_RTT or a time-out holds it down.
    void save(bool held_down) noexcept { saved_ = held_down ? std::max(saved_, window_) : window_; }
    void restore() noexcept { window_ = std::max(window_, saved_); }
    void collapse() noexcept { window_ = minimum(); }
    void set_datagram(std::uint64_t datagram) noexcept;

  private:
    void bound(const PathModel& path, BbrState state) noexcept;

    std::uint64_t datagram_;
    std::uint64_t first_;
    std::uint64_t window_;
    std::uint64_t saved_ = 0;
    bool limits_ = false;
    bool limited_last_ = false;
};

}  // namespace gantry::lftp

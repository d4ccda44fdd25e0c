#pragma once

#include <lftp/core/congestion/bbr/path_model.h>
#include <lftp/core/congestion/settings.h>

namespace gantry::lftp {

// The window of BBR: follows what the model wants in flight, up by what arrives and down at once,
// within the model's bounds (draft-ietf-ccwg-bbr section 5.6.4).
class BbrWindow {
  public:
    explicit BbrWindow(std::uint64_t datagram)
        : datagram_(datagram), window_(initial_window(datagram)) {}

    std::uint64_t value() const noexcept { return window_; }
    std::uint64_t minimum() const noexcept { return bbr::kMinPipePackets * datagram_; }
    std::uint64_t initial() const noexcept { return initial_window(datagram_); }

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
    std::uint64_t window_;
    std::uint64_t saved_ = 0;
    bool limits_ = false;
    bool limited_last_ = false;
};

}  // namespace gantry::lftp

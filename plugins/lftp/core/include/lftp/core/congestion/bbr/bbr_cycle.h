#pragma once

#include <lftp/core/congestion/bbr/bbr_window.h>
#include <lftp/core/congestion/bbr/full_pipe.h>
#include <lftp/core/congestion/bbr/path_model.h>
#include <lftp/core/congestion/bbr/probe_clock.h>

#include <optional>

namespace gantry::lftp {

// Where BBR is between Startup, the four phases of PROBE_BW and PROBE_RTT, and when it moves on
// (draft-ietf-ccwg-bbr section 5.3). It borrows the model and the window of its owner.
class BbrCycle {
  public:
    static constexpr Duration kProbeRttTime = std::chrono::milliseconds(200);
    static constexpr std::uint64_t kMostDrainRounds = 3;
    // What a queue that others made, and a probe that lost too much, count for in ProbeClock.
    static constexpr unsigned kQueueSigns = 1;
    static constexpr unsigned kLossSigns = 2;
    // Rounds of CRUISE in which the queue may still be what the probe before it left.
    static constexpr std::uint64_t kSettling = 2;

    BbrCycle(PathModel& path, BbrWindow& window, std::uint64_t seed) noexcept
        : path_(path), window_(window), clock_(seed) {}

    BbrState state() const noexcept { return state_; }
    bool full() const noexcept { return full_.reached(); }
    bool growing() const noexcept { return full_.growing(); }

    void on_ack(const AckSample& ack, std::uint64_t train) noexcept;
    // A packet was lost, or marked, among what a probe sent.
    void on_lost(const LossSample& loss) noexcept;
    void on_mark(const MarkSample& mark) noexcept;
    void on_spurious_loss() noexcept;
    // The first packet after a silence is about to leave.
    void on_restart(TimePoint now) noexcept;

  private:
    // What the ACKs of now tell about the last probe (section 5.3.3.9).
    enum class Acks { kInit, kRefilling, kStarting, kFeedback, kStopping };

    void enter_startup() noexcept { state_ = BbrState::kStartup; }
    void start_down(TimePoint now) noexcept;
    void slow_down() noexcept;
    void start_cruise() noexcept;
    void start_refill() noexcept;
    void start_up(const AckSample& ack) noexcept;
    void enter_probe_rtt() noexcept;
    void exit_probe_rtt() noexcept;

    void check_full_pipe(const AckSample& ack) noexcept;
    void check_startup() noexcept;
    void check_drain(const AckSample& ack, std::uint64_t train) noexcept;
    void check_probe_bw(const AckSample& ack, std::uint64_t train) noexcept;
    void check_probe_rtt(const AckSample& ack) noexcept;
    void hold_probe_rtt(const AckSample& ack) noexcept;
    void check_probe_rtt_done(TimePoint now) noexcept;

    bool adapt_long_term(const AckSample& ack) noexcept;
    void probe_upward(const AckSample& ack) noexcept;
    bool end_of_probe() noexcept;
    void inflight_too_high(std::uint64_t in_flight, bool app_limited, TimePoint now) noexcept;
    std::uint64_t bound_after_loss(std::uint64_t in_flight) const noexcept;
    bool time_to_probe(TimePoint now) noexcept;
    bool time_to_cruise(const AckSample& ack, std::uint64_t train) const noexcept;
    bool time_to_go_down(const AckSample& ack) noexcept;
    std::uint64_t target_inflight() const noexcept;

    PathModel& path_;
    BbrWindow& window_;
    FullPipe full_;
    ProbeClock clock_;
    BbrState state_ = BbrState::kStartup;
    Acks acks_ = Acks::kInit;
    std::optional<BbrState> undo_state_;
    std::uint64_t drain_round_ = 0;
    bool probe_sample_ = false;        // the packets of a probe are not all answered yet
    bool last_too_high_ = false;       // the last probe lost too much
    bool last_precautionary_ = false;  // and the one after it stopped early for that
    std::uint64_t cruise_round_ = 0;
    bool queue_in_cruise_ = false;  // that others made
    bool idle_restart_ = false;
    std::optional<TimePoint> probe_rtt_until_;
    bool probe_rtt_round_over_ = false;
};

}  // namespace gantry::lftp

#pragma once

#include <lftp/core/congestion/base_delay.h>
#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/recovery_period.h>
#include <lftp/core/congestion/settings.h>
#include <lftp/core/congestion/slowdown_schedule.h>

namespace gantry::lftp {

// LEDBAT++ (draft-irtf-iccrg-ledbat-plus-plus, RFC 6817): fills what others leave. It keeps the
// queue it makes below a target delay, and yields to flows that make a longer one.
class Ledbat final : public CongestionController {
  public:
    static constexpr Duration kTarget = std::chrono::milliseconds(60);
    static constexpr std::uint64_t kMostGainDivisor = 16;
    static constexpr std::uint64_t kReduction = 2;  // the window is divided by it on loss

    explicit Ledbat(const CongestionSettings& settings);

    // Growth against that of Reno: one part in so many, so that it loses to it even where the queue
    // is too short to show a delay.
    static std::uint64_t gain_divisor(Duration base) noexcept;

    void on_sent(const SentSample&) override {}
    void on_acked(const AckSample& ack) override;
    void on_lost(const LossSample& loss) override;
    void on_congestion(const MarkSample& mark) override;
    void on_spurious_loss(TimePoint now) override;
    void on_persistent_congestion(TimePoint now) override;
    void on_restart(TimePoint now) override;
    void on_datagram_size(std::uint64_t size) override;

    ByteCount window() const noexcept override { return ByteCount(to_count(window_)); }
    BytesPerSecond pacing_rate() const noexcept override;
    ByteCount send_quantum() const noexcept override {
        return train_at(pacing_rate(), datagram_, kWindowTrain);
    }
    ByteCount slow_start_threshold() const noexcept override { return ByteCount(threshold_); }
    std::string_view name() const noexcept override { return "ledbat"; }
    std::string_view state() const noexcept override;

  private:
    bool in_slow_start() const noexcept { return window_ < static_cast<double>(threshold_); }
    void slow_start(const AckSample& ack);
    void avoid_delay(const AckSample& ack);
    void keep_schedule(TimePoint now);
    void react(TimePoint sent_at, TimePoint now);
    void set_window(double window);

    std::uint64_t datagram_;
    double window_;
    std::uint64_t threshold_ = kUnbounded;
    BaseDelay delay_;
    SlowdownSchedule schedule_;
    Duration smoothed_ = kUnmeasuredRoundTrip;
    RecoveryPeriod recovery_;
    bool recovering_ = false;
    double undo_window_ = 0;
    std::uint64_t undo_threshold_ = 0;
};

}  // namespace gantry::lftp

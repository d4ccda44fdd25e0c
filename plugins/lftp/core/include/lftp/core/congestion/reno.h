#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/recovery_period.h>
#include <lftp/core/congestion/settings.h>

namespace gantry::lftp {

// The textbook: slow start, congestion avoidance and fast recovery (RFC 5681, RFC 6582, in the form
// of RFC 9002 section 7). One datagram more a round trip, half the window on congestion.
class Reno final : public CongestionController {
  public:
    static constexpr std::uint64_t kReduction = 2;  // the window is divided by it

    explicit Reno(const CongestionSettings& settings);

    void on_sent(const SentSample&) override {}
    void on_acked(const AckSample& ack) override;
    void on_lost(const LossSample& loss) override;
    void on_congestion(const MarkSample& mark) override;
    void on_spurious_loss(TimePoint now) override;
    void on_persistent_congestion(TimePoint now) override;
    void on_restart(TimePoint now) override;
    void on_datagram_size(std::uint64_t size) override;

    ByteCount window() const noexcept override { return ByteCount(window_); }
    BytesPerSecond pacing_rate() const noexcept override;
    ByteCount send_quantum() const noexcept override {
        return train_at(pacing_rate(), datagram_, kWindowTrain);
    }
    ByteCount slow_start_threshold() const noexcept override { return ByteCount(threshold_); }
    std::string_view name() const noexcept override { return "reno"; }
    std::string_view state() const noexcept override;

  private:
    struct Undo {
        std::uint64_t window = 0;
        std::uint64_t threshold = 0;
    };

    bool in_slow_start() const noexcept { return window_ < threshold_; }
    void react(TimePoint sent_at, TimePoint now);
    void grow(std::uint64_t acked);
    void set_window(std::uint64_t window);

    std::uint64_t datagram_;
    std::uint64_t window_;
    std::uint64_t threshold_ = kUnbounded;
    std::uint64_t acked_ = 0;  // towards the next datagram of congestion avoidance
    Duration smoothed_ = kUnmeasuredRoundTrip;
    RecoveryPeriod recovery_;
    bool recovering_ = false;
    Undo undo_;
};

}  // namespace gantry::lftp

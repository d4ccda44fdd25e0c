#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/cubic_curve.h>
#include <lftp/core/congestion/hystart.h>
#include <lftp/core/congestion/recovery_period.h>
#include <lftp/core/congestion/settings.h>

namespace gantry::lftp {

// CUBIC (RFC 9438), with HyStart++ (RFC 9406) in the first slow start.
class Cubic final : public CongestionController {
  public:
    explicit Cubic(const CongestionSettings& settings);

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
    ByteCount slow_start_threshold() const noexcept override;
    std::string_view name() const noexcept override { return "cubic"; }
    std::string_view state() const noexcept override;

    const CubicCurve& curve() const noexcept { return curve_; }

  private:
    // What a reaction replaced (RFC 9438 section 4.9).
    struct Undo {
        double window = 0;
        double threshold = 0;
        CubicCurve curve;
    };

    bool in_slow_start() const noexcept { return window_ < threshold_; }
    void slow_start(const AckSample& ack);
    void avoid_congestion(const AckSample& ack);
    void react(TimePoint sent_at, TimePoint now);
    void set_window(double window);

    std::uint64_t datagram_;
    double window_;     // bytes
    double threshold_;  // bytes
    CubicCurve curve_;
    HyStart hystart_;
    Duration smoothed_ = kUnmeasuredRoundTrip;
    TimePoint last_ack_;
    RecoveryPeriod recovery_;
    bool recovering_ = false;
    bool undoable_ = false;
    Undo undo_;
};

}  // namespace gantry::lftp

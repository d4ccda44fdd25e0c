#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/settings.h>

namespace gantry::lftp {

// Sends at a rate that a person has set, whatever the path says: for links that are one's own. The
// window only bounds what is in flight when ACKs stop: two round trips of the rate.
class Fixed final : public CongestionController {
  public:
    explicit Fixed(const CongestionSettings& settings)
        : datagram_(settings.datagram), rate_(settings.rate) {}

    void on_sent(const SentSample&) override {}
    void on_acked(const AckSample& ack) override {
        if (ack.rtt_smoothed > Duration::zero()) smoothed_ = ack.rtt_smoothed;
    }
    void on_lost(const LossSample&) override {}
    void on_congestion(const MarkSample&) override {}
    void on_spurious_loss(TimePoint) override {}
    void on_persistent_congestion(TimePoint) override {}
    void on_restart(TimePoint) override {}
    void on_datagram_size(std::uint64_t size) override { datagram_ = size; }

    ByteCount window() const noexcept override;
    BytesPerSecond pacing_rate() const noexcept override { return rate_; }
    ByteCount send_quantum() const noexcept override { return train_at(rate_, datagram_); }
    std::string_view name() const noexcept override { return "fixed"; }
    std::string_view state() const noexcept override { return "fixed"; }

  private:
    static constexpr Duration kFirstRoundTrip = std::chrono::milliseconds(333);

    std::uint64_t datagram_;
    BytesPerSecond rate_;
    Duration smoothed_ = kFirstRoundTrip;
};

}  // namespace gantry::lftp

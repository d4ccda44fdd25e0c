#pragma once

#include <lftp/core/congestion/bbr/bbr_cycle.h>
#include <lftp/core/congestion/congestion_controller.h>

namespace gantry::lftp {

// BBR (draft-ietf-ccwg-bbr): models the path's rate and empty round-trip time, sends at that rate
// and keeps in flight what it needs. It differs from the draft in how it takes loss without a
// queue: docs/adr/007-loss-without-a-queue.md.
class Bbr final : public CongestionController {
  public:
    explicit Bbr(const CongestionSettings& settings);
    Bbr(const Bbr&) = delete;
    Bbr& operator=(const Bbr&) = delete;

    void on_sent(const SentSample& sent) override;
    void on_acked(const AckSample& ack) override;
    void on_lost(const LossSample& loss) override;
    void on_congestion(const MarkSample& mark) override;
    void on_spurious_loss(TimePoint now) override;
    void on_persistent_congestion(TimePoint now) override;
    void on_restart(TimePoint now) override;
    void on_datagram_size(std::uint64_t size) override;

    ByteCount window() const noexcept override { return ByteCount(window_.value()); }
    BytesPerSecond pacing_rate() const noexcept override { return BytesPerSecond(pacing_); }
    ByteCount send_quantum() const noexcept override;
    std::string_view name() const noexcept override { return "bbr"; }
    std::string_view state() const noexcept override { return gains().name; }

    const PathModel& path() const noexcept { return path_; }
    BbrState phase() const noexcept { return cycle_.state(); }

  private:
    BbrGains gains() const noexcept;
    void note_round_trip(Duration smoothed) noexcept;
    bool held_down() const noexcept;
    void set_pacing(double gain) noexcept;
    void init_pacing(Duration round_trip) noexcept;

    std::uint64_t datagram_;
    PathModel path_;
    BbrWindow window_;
    BbrCycle cycle_;
    std::uint64_t pacing_ = 0;
    std::optional<Duration> smoothed_;
    bool collapsed_ = false;  // by persistent congestion, until what was sent after it arrives
    TimePoint collapsed_at_;
};

}  // namespace gantry::lftp

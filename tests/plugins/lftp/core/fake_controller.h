#pragma once

#include <lftp/core/congestion/congestion_controller.h>

#include <string>

namespace gantry::lftp {

// A window and a rate that a test sets, and notes of what was told: "s" sent, "a" acked, "l" lost,
// "m" marked, "u" undo, "p" persistent congestion, "r" restart.
class FakeController final : public CongestionController {
  public:
    explicit FakeController(std::uint64_t window, std::uint64_t rate = 0)
        : window_(window), rate_(rate) {}

    std::string notes;
    AckSample last_ack;

    void on_sent(const SentSample&) override { notes += 's'; }
    void on_acked(const AckSample& ack) override {
        notes += 'a';
        last_ack = ack;
    }
    void on_lost(const LossSample&) override { notes += 'l'; }
    void on_congestion(const MarkSample&) override { notes += 'm'; }
    void on_spurious_loss(TimePoint) override { notes += 'u'; }
    void on_persistent_congestion(TimePoint) override { notes += 'p'; }
    void on_restart(TimePoint) override { notes += 'r'; }
    void on_datagram_size(std::uint64_t) override {}
    ByteCount window() const noexcept override { return window_; }
    BytesPerSecond pacing_rate() const noexcept override { return rate_; }
    ByteCount send_quantum() const noexcept override { return ByteCount(64 * 1024); }
    std::string_view name() const noexcept override { return "fake"; }
    std::string_view state() const noexcept override { return "fake"; }

  private:
    ByteCount window_;
    BytesPerSecond rate_;
};

}  // namespace gantry::lftp

#pragma once

#include <lftp/core/congestion/congestion_controller.h>

#include <algorithm>
#include <cmath>

namespace gantry::testing {

// CUBIC as a TCP of another make would have it, written from RFC 9438 for itself: packets, plain
// slow start until the first loss, no pacing. It stands for the flows of others.
class TextbookCubic final : public lftp::CongestionController {
  public:
    explicit TextbookCubic(double packet) : packet_(packet) {}

    void on_sent(const lftp::SentSample&) override {}
    void on_acked(const lftp::AckSample& ack) override {
        if (ack.newest_sent_at <= reduced_at_) return;
        const double acked = static_cast<double>(ack.bytes) / packet_;
        if (window_ < threshold_)
            window_ += acked;
        else
            avoid(acked, ack);
    }
    void on_lost(const lftp::LossSample& loss) override { reduce(loss.packet.sent_at, loss.now); }
    void on_congestion(const lftp::MarkSample& mark) override {
        reduce(mark.newest_sent_at, mark.now);
    }
    void on_spurious_loss(TimePoint) override {}
    void on_persistent_congestion(TimePoint) override { window_ = 1; }
    void on_restart(TimePoint) override {}
    void on_datagram_size(std::uint64_t) override {}
    ByteCount window() const noexcept override {
        return ByteCount(static_cast<std::uint64_t>(std::max(window_, 2.0) * packet_));
    }
    BytesPerSecond pacing_rate() const noexcept override { return BytesPerSecond(1U << 30); }
    ByteCount send_quantum() const noexcept override { return ByteCount(1U << 16); }
    std::string_view name() const noexcept override { return "textbook_cubic"; }
    std::string_view state() const noexcept override { return "any"; }

  private:
    void reduce(TimePoint sent_at, TimePoint now) {
        if (sent_at <= reduced_at_) return;
        reduced_at_ = now;
        top_ = window_ < top_ ? window_ * 0.85 : window_;
        before_ = window_;
        window_ = threshold_ = std::max(window_ * 0.7, 2.0);
        begun_ = false;
    }
    void avoid(double acked, const lftp::AckSample& ack) {
        if (!begun_) {
            begun_ = true;
            epoch_ = ack.now;
            reno_ = window_;
            top_ = std::max(top_, window_);
            back_after_ = std::cbrt((top_ - window_) / 0.4);
        }
        reno_ += (reno_ < before_ ? 9.0 / 17.0 : 1.0) * acked / window_;
        const double t = to_seconds(ack.now - epoch_ + ack.rtt_smoothed) - back_after_;
        const double aim = std::min(top_ + 0.4 * t * t * t, 1.5 * window_);
        if (aim > window_) window_ += (aim - window_) * acked / window_;
        window_ = std::max(window_, reno_);
    }

    double packet_;
    double window_ = 10;
    double threshold_ = 1e12;
    double top_ = 0;
    double before_ = 0;
    double reno_ = 0;
    double back_after_ = 0;
    bool begun_ = false;
    TimePoint epoch_;
    TimePoint reduced_at_{Duration(-1)};
};

}  // namespace gantry::testing

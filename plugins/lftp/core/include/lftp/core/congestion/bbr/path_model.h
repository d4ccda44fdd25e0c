#pragma once

#include <lftp/core/congestion/bbr/ack_aggregation.h>
#include <lftp/core/congestion/bbr/bandwidth_model.h>
#include <lftp/core/congestion/bbr/bbr_state.h>
#include <lftp/core/congestion/bbr/inflight_model.h>
#include <lftp/core/congestion/bbr/loss_round.h>
#include <lftp/core/congestion/bbr/min_rtt.h>
#include <lftp/core/congestion/bbr/queue_delay.h>
#include <lftp/core/congestion/bbr/random_loss.h>
#include <lftp/core/congestion/round_counter.h>

namespace gantry::lftp {

// What BBR believes of the path (draft-ietf-ccwg-bbr section 5.5): rate, empty round-trip time,
// volume, aggregation, and how much of the loss is the path's own.
class PathModel {
  public:
    explicit PathModel(std::uint64_t datagram) : inflight_(datagram), datagram_(datagram) {}

    // The first half of an ACK's steps, in `state`; the sections before "CheckFullBWReached".
    // `growing`: Startup still finds more.
    void on_ack(const AckSample& ack, BbrState state, bool growing, std::uint64_t window,
                std::uint64_t memory) noexcept;
    void update_min_rtt(const AckSample& ack) noexcept { min_rtt_.on_ack(ack.now, ack.rtt_latest); }
    // The last step: what the next loss round is measured against.
    void end_ack(const AckSample& ack) noexcept;

    // True when it begins a loss round.
    bool on_lost(const LossSample& loss) noexcept;
    bool on_mark(const MarkSample& mark) noexcept;
    // A loss came to nothing: the bounds are at least what they were before it.
    void undo() noexcept;

    // What to send at and what that keeps in flight: the delivered rate, with what the path loses.
    std::uint64_t bandwidth() const noexcept { return random_.compensated(rate_.value()); }
    std::uint64_t bdp(double gain, std::uint64_t without) const noexcept;
    std::uint64_t longest_bdp(double gain, std::uint64_t without) const noexcept;

    // Loss of `lost` among `sent` means that too much was in flight.
    bool too_high(std::uint64_t lost, std::uint64_t sent) const noexcept;
    // How much was in flight before the loss of this packet went over the threshold.
    std::uint64_t inflight_at_loss(const LossSample& loss) const noexcept;

    // A phase begins: its rounds are counted from here.
    void start_round() noexcept { rounds_.restart(delivered_); }
    void reset_signals() noexcept;
    void reset_short_term() noexcept;
    // The samples of what is in flight now do not tell what the path can do.
    void mark_limited(std::uint64_t in_flight) noexcept;

    bool round_started() const noexcept { return rounds_.started(); }
    std::uint64_t round() const noexcept { return rounds_.count(); }
    // Packets wait in a queue now.
    bool queue_stands() const noexcept {
        return min_rtt_.known() && queue_.stands(min_rtt_.value());
    }
    // This ACK's rate is below what the path can do.
    bool limited() const noexcept { return limited_; }
    // The loss round that this ACK ended calls for the end of Startup.
    bool heavy_loss() const noexcept { return heavy_loss_; }

    BandwidthModel& rate() noexcept { return rate_; }
    const BandwidthModel& rate() const noexcept { return rate_; }
    InflightModel& inflight() noexcept { return inflight_; }
    const InflightModel& inflight() const noexcept { return inflight_; }
    MinRtt& min_rtt() noexcept { return min_rtt_; }
    AckAggregation& aggregation() noexcept { return aggregation_; }
    const AckAggregation& aggregation() const noexcept { return aggregation_; }
    const RandomLoss& random_loss() const noexcept { return random_; }
    std::uint64_t compensated_latest() const noexcept {
        return random_.compensated(inflight_.latest());
    }
    void set_datagram(std::uint64_t datagram) noexcept;

  private:
    // The bounds as they were before the loss round.
    struct Undo {
        std::uint64_t rate = 0;
        std::uint64_t short_term = 0;
        std::uint64_t long_term = 0;
    };

    void learn_loss(const AckSample& ack, BbrState state, bool growing) noexcept;
    void end_loss_round(BbrState state, std::uint64_t window) noexcept;
    void save() noexcept;
    // Loss may come from a queue that overflows.
    bool queue_may_overflow() const noexcept {
        return min_rtt_.known() && queue_.long_now(min_rtt_.value());
    }

    BandwidthModel rate_;
    InflightModel inflight_;
    MinRtt min_rtt_;
    AckAggregation aggregation_;
    RandomLoss random_;
    QueueDelay queue_;
    LossRound loss_round_;
    RoundCounter rounds_;
    std::uint64_t datagram_;
    std::uint64_t delivered_ = 0;
    std::uint64_t limited_until_ = 0;
    bool limited_ = false;
    bool heavy_loss_ = false;
    bool loss_round_ended_ = false;
    Undo undo_;

    // Of the round that RandomLoss learns from.
    std::uint64_t round_acked_ = 0;
    std::uint64_t round_lost_ = 0;
    bool round_teaches_ = true;
};

}  // namespace gantry::lftp

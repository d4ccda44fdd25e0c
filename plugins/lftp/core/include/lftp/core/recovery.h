#pragma once

#include <lftp/core/congestion/congestion_controller.h>
#include <lftp/core/congestion/delivery_rate.h>
#include <lftp/core/ecn_path.h>
#include <lftp/core/loss_detector.h>
#include <lftp/core/pacer.h>
#include <lftp/core/probe_timer.h>

#include <array>
#include <memory>

namespace gantry::lftp {

// What is in flight on the path of one connection: loss detection for both spaces of packets, the
// round-trip time, the congestion controller and the pacer, and the timers of all of them.
class Recovery : private PacketFate {
  public:
    // `fate` hears what becomes of packets, and outlives this.
    Recovery(std::unique_ptr<CongestionController> controller, PacketFate& fate,
             PacketNumber first_data = PacketNumber(0));

    PacketNumber next(PacketSpace space) const noexcept { return of(space).next(); }
    // Whether a packet of `bytes` that counts for congestion may go now.
    bool window_open(std::uint64_t bytes) const noexcept;
    bool pace_open(TimePoint now) const noexcept { return pacer_.may_send(now); }
    TimePoint pace_due() const noexcept { return pacer_.due(); }
    bool full() const noexcept { return of(PacketSpace::data).full(); }
    // How many packets are to go out in that space whatever the window says.
    unsigned probes(PacketSpace space) const noexcept { return probes_[index(space)]; }
    void on_sent(PacketSpace space, SentPacket packet, TimePoint now);
    // Whether packets go out as ECT(0) now, of both spaces.
    bool marks() const noexcept { return ecn_[0].marks() && ecn_[1].marks(); }
    EcnState ecn_state(PacketSpace space) const noexcept { return ecn_[index(space)].state(); }
    // Window and pace would let more go, but there is none.
    void on_out_of_data() noexcept;

    // ErrorCode::protocol (protocol_violation).
    Result<void> on_ack(PacketSpace space, const AckFrame& ack, TimePoint now);
    // The next of what it waits for, but for the pace; TimePoint::max() for nothing.
    TimePoint deadline() const noexcept;
    // The packet whose frames a probe is to repeat, when a probe became due.
    const SentPacket* on_timeout(TimePoint now);

    // A client begins its handshake again: what went out is to be sent anew, under new numbers.
    void restart_handshake();
    // Full packets have another size from now on.
    void on_datagram_size(std::size_t size);
    // How many probe timeouts in a row passed without progress.
    unsigned probes_in_a_row() const noexcept { return probe_timer_.count(); }
    // Data packets take another path from now on: nothing is known of it. `fresh`: none where the
    // controller goes on with its smallest window.
    void on_new_path(std::unique_ptr<CongestionController> fresh, TimePoint now);
    // The handshake is confirmed: the space of handshake packets is over, and the peer keeps to its
    // `max_ack_delay`.
    void on_confirmed(Duration max_ack_delay);
    void set_max_ack_delay(Duration delay) noexcept { max_ack_delay_ = delay; }
    // A client probes until then also when nothing is in flight (section 4).
    void probe_idle(bool wanted) noexcept { probe_idle_ = wanted; }

    const RttEstimator& rtt() const noexcept { return rtt_; }
    Duration probe_timeout() const noexcept { return rtt_.probe_timeout() + max_ack_delay_; }
    std::uint64_t in_flight() const noexcept;
    std::uint64_t lost_packets() const noexcept { return lost_packets_; }
    std::uint64_t probe_count() const noexcept { return probe_count_; }
    const CongestionController& controller() const noexcept { return *controller_; }

  private:
    static std::size_t index(PacketSpace space) noexcept { return static_cast<std::size_t>(space); }
    LossDetector& of(PacketSpace space) noexcept { return spaces_[index(space)]; }
    const LossDetector& of(PacketSpace space) const noexcept { return spaces_[index(space)]; }

    void on_packet_acked(const SentPacket& packet) override;
    void on_packet_lost(const SentPacket& packet) override;
    void on_lost_packet_acked(const SentPacket& packet) override;

    void take_sample(PacketSpace space, const AckFrame& ack, const AckOutcome& outcome,
                     TimePoint now);
    void take_marks(PacketSpace space, const AckFrame& ack, const AckOutcome& outcome,
                    TimePoint now);
    bool took_other_path(PacketSpace space, PacketNumber number) const noexcept {
        return space == PacketSpace::data && number < path_first_;
    }
    void detect(PacketSpace space, TimePoint now);
    void tell_acked(const AckOutcome& outcome, TimePoint now, std::uint64_t before, bool sampled);
    TimePoint loss_time() const noexcept;
    TimePoint probe_time(PacketSpace space) const noexcept;
    void adjust_pace() noexcept;

    std::unique_ptr<CongestionController> controller_;
    PacketFate& fate_;
    std::array<LossDetector, 2> spaces_;
    RttEstimator rtt_;
    DeliveryRate rate_;
    Pacer pacer_;
    ProbeTimer probe_timer_;
    std::array<unsigned, 2> probes_{};
    std::array<EcnPath, 2> ecn_;
    Duration max_ack_delay_{0};
    TimePoint now_;           // of the call that is under way
    TimePoint last_sent_at_;  // of a packet that counts
    bool confirmed_ = false;
    bool probe_idle_ = false;
    PacketNumber path_first_{0};  // data packets below took another path
    std::uint64_t lost_packets_ = 0;
    std::uint64_t probe_count_ = 0;
};

}  // namespace gantry::lftp

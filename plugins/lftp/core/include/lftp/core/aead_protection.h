#pragma once

#include <lftp/core/limits.h>
#include <lftp/core/packet_protection.h>
#include <lftp/core/traffic_secret.h>

namespace gantry::lftp {

// Data packets under keys, which are exchanged for new ones now and then (docs/protocols/rudp.md
// section 5). Sealing and opening allocate nothing, but for the exchange.
class AeadProtection final : public PacketProtection {
  public:
    // `own` seals what we send, `peer` opens what comes. `packets_per_key`: after so many our key
    // is exchanged.
    static Result<std::unique_ptr<PacketProtection>> create(
        TrafficSecret own, TrafficSecret peer,
        std::uint64_t packets_per_key = limits::kMaxPacketsPerKey);

    std::size_t overhead() const noexcept override { return kAeadTagSize; }
    bool key_phase() const noexcept override { return send_phase_; }
    void prepare(PacketNumber number) override;
    Result<void> seal(PacketNumber number, ByteSpan packet) override;
    Result<ByteView> unseal(PacketNumber number, const DataHeader& header,
                            ByteSpan packet) override;
    void on_acked(PacketNumber number) noexcept override;
    void on_confirmed() noexcept override { confirmed_ = true; }

  private:
    // Of one direction: the key that is used, and the secret of the one behind it.
    struct Direction {
        TrafficSecret next_secret;
        TrafficKey current;
    };
    static Result<Direction> direction(TrafficSecret secret);

    AeadProtection(Direction send, Direction receive, TrafficKey receive_next,
                   std::uint64_t packets_per_key);
    bool may_update() const noexcept;
    Result<void> update_send(PacketNumber first);
    Result<void> update_receive(PacketNumber first);
    Result<ByteView> unseal_next(PacketNumber number, ByteSpan packet);
    Result<void> follow_update(PacketNumber number);
    TrafficKey& key_for(PacketNumber number, bool phase) noexcept;

    Direction send_;
    Direction receive_;
    TrafficKey receive_next_;
    TrafficKey receive_former_;
    std::uint64_t packets_per_key_;
    std::uint64_t sealed_ = 0;     // with the present key
    PacketNumber next_sent_;       // one above the largest that was sealed
    PacketNumber send_first_;      // of the present phase
    PacketNumber largest_opened_;  // of the present phase
    std::optional<PacketNumber> former_largest_;
    PacketNumber receive_first_;  // the smallest of the present phase that was opened
    bool send_phase_ = false;
    bool receive_phase_ = false;
    bool phase_acked_ = false;
    bool confirmed_ = false;
};

}  // namespace gantry::lftp

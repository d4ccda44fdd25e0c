#pragma once

#include <lftp/wire/checksum.h>
#include <lftp/wire/data_header.h>
#include <lftp/wire/packet_number.h>

namespace gantry::lftp {

// Seals and opens the data packets of one connection (docs/protocols/rudp.md sections 3 and 5).
class PacketProtection {
  public:
    virtual ~PacketProtection() = default;

    // Bytes behind the frames.
    virtual std::size_t overhead() const noexcept = 0;
    // The phase bit of the next packet that is sealed.
    virtual bool key_phase() const noexcept = 0;
    // The next packet that is sealed will have that number: before its header is written.
    virtual void prepare(PacketNumber) {}
    // The peer has that packet of ours.
    virtual void on_acked(PacketNumber) noexcept {}
    virtual void on_confirmed() noexcept {}
    // `packet`: header, frames, and behind them room for overhead().
    virtual Result<void> seal(PacketNumber number, ByteSpan packet) = 0;
    // Opens a packet in place and answers its frames. ErrorCode::integrity: it is not genuine;
    // protocol: it is, and the keys were exchanged as they may not be (key_update_error).
    virtual Result<ByteView> unseal(PacketNumber number, const DataHeader& header,
                                    ByteSpan packet) = 0;
};

// A checksum against damage, and nothing against anybody.
class PlainProtection final : public PacketProtection {
  public:
    std::size_t overhead() const noexcept override { return kChecksumSize; }
    bool key_phase() const noexcept override { return false; }
    Result<void> seal(PacketNumber number, ByteSpan packet) override;
    Result<ByteView> unseal(PacketNumber number, const DataHeader& header,
                            ByteSpan packet) override;
};

}  // namespace gantry::lftp

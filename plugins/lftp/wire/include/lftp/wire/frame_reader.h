#pragma once

#include <lftp/wire/ack_frame.h>
#include <lftp/wire/ack_frequency_frame.h>
#include <lftp/wire/close_frame.h>
#include <lftp/wire/credit_frames.h>
#include <lftp/wire/crypto_frame.h>
#include <lftp/wire/handshake_done_frame.h>
#include <lftp/wire/path_frames.h>
#include <lftp/wire/stream_control_frames.h>
#include <lftp/wire/stream_frame.h>

#include <optional>
#include <variant>

namespace gantry::lftp {

struct PingFrame {};
struct ImmediateAckFrame {};
// One whose type is optional and was skipped.
struct OptionalFrame {
    FrameType type{};
    ByteView bytes;
};
using Frame = std::variant<PingFrame, AckFrame, ResetStreamFrame, StopSendingFrame, CryptoFrame,
                           StreamFrame, CreditFrame, PathFrame, CloseFrame, HandshakeDoneFrame,
                           ImmediateAckFrame, AckFrequencyFrame, OptionalFrame>;

// Takes the frames of one packet apart, in order. Padding is passed over. Frames borrow from the
// packet.
class FrameReader {
  public:
    FrameReader(ByteView frames, PacketSpace space) noexcept : reader_(frames), space_(space) {}

    // Nothing at the end of the packet. ErrorCode::protocol (frame_encoding) for a frame that is
    // cut short, not known, or may not stand in this space; last_type() says which. Then it is
    // over.
    Result<std::optional<Frame>> next();
    FrameType last_type() const noexcept { return type_; }

  private:
    Frame read_body();
    std::optional<Frame> read_rare();

    PacketReader reader_;
    PacketSpace space_;
    FrameType type_ = FrameType::padding;
};

}  // namespace gantry::lftp

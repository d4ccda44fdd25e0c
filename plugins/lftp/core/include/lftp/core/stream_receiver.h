#pragma once

#include <lftp/core/stream_sender.h>
#include <lftp/wire/credit_frames.h>
#include <lftp/wire/stream_control_frames.h>
#include <lftp/wire/stream_frame.h>

namespace gantry::lftp {

// What the peer's frames mean for streams, and the credit that it gets.
class StreamReceiver {
  public:
    struct Outcome {
        TransportError error = TransportError::no_error;
        bool refused = false;  // the packet is to be dropped as if lost
    };

    StreamReceiver(StreamTable& table, StreamSender& sender, std::uint64_t window,
                   std::uint64_t max_window)
        : table_(table), sender_(sender), window_(window, max_window) {}

    Outcome on_stream(const StreamFrame& frame);
    Outcome on_reset(const ResetStreamFrame& frame);
    Outcome on_stop(const StopSendingFrame& frame);
    Outcome on_credit(const CreditFrame& frame);

    // Reads what is in order; `rtt` is for the size of windows.
    std::size_t read(DuplexStream& stream, ByteSpan into, TimePoint now, Duration rtt);
    // Asks the peer to send no more of it.
    void stop(DuplexStream& stream, std::uint64_t code);

    // Limits of the connection that the peer is to be told.
    bool credit_ready() const noexcept { return max_data_due_ || streams_due_; }
    void write_credit(PacketBuilder& packet);
    void on_lost(const SentFrame& frame);

  private:
    Outcome on_grown(std::uint64_t bytes);
    void make_room_behind_gaps(DuplexStream& stream);
    void tell_readable(DuplexStream& stream);
    void pass_credit(DuplexStream& stream, TimePoint now, Duration rtt);

    StreamTable& table_;
    StreamSender& sender_;
    ReceiveWindow window_;
    std::uint64_t received_ = 0;  // of all streams, their highest offsets
    bool max_data_due_ = false;
    bool streams_due_ = false;
};

}  // namespace gantry::lftp

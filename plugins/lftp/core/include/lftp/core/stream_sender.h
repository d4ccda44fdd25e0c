#pragma once

#include <lftp/core/packet_builder.h>
#include <lftp/core/stream_table.h>

namespace gantry::lftp {

// Which stream frames go into the next packet, and what their fate means. Streams take turns,
// packet by packet.
class StreamSender {
  public:
    explicit StreamSender(StreamTable& table) : table_(table) {}

    SendCredit& credit() noexcept { return credit_; }  // of the bytes of all streams
    // Something of it may be ready to go.
    void wake(DuplexStream& stream);
    // A frame about it is due.
    void wake_control(DuplexStream& stream);
    // New credit: all streams that have something may go on.
    void wake_all();
    void tell_room(DuplexStream& stream);

    // Whether write_control() or write_data() would write something.
    bool control_ready() const noexcept { return !control_queue_.empty() || blocked_due_; }
    bool data_ready();
    void write_control(PacketBuilder& packet);
    void write_data(PacketBuilder& packet);

    void on_acked(const SentFrame& frame);
    void on_lost(const SentFrame& frame);
    // Whether a writer has more than there was room for: it is not the application that is slow.
    bool writer_waits();
    // Bytes wait, and it is credit that they wait for.
    bool blocked();
    void tell_blocked_again();

  private:
    std::uint64_t limit_of(const DuplexStream& stream) const noexcept;
    void note_blocked(DuplexStream& stream);
    bool write_chunk(PacketBuilder& packet, DuplexStream& stream);
    void write_about(PacketBuilder& packet, DuplexStream& stream);
    DuplexStream* front();

    StreamTable& table_;
    SendCredit credit_;
    bool blocked_due_ = false;
    std::deque<StreamId> send_queue_;
    std::deque<StreamId> control_queue_;
};

}  // namespace gantry::lftp

#pragma once

#include <lftp/core/duplex_stream.h>

#include <deque>
#include <map>
#include <memory>

namespace gantry::lftp {

// Something happened to a stream.
struct StreamEvent {
    enum class Kind : std::uint8_t {
        opened,    // by the peer
        readable,  // bytes, the end or a reset; told again once all was read
        writable,  // there is room after a write that was cut short
        stopped,   // the peer wants no more; the sending direction was reset with its code
    };
    Kind kind = Kind::readable;
    StreamId stream;
    std::uint64_t code = 0;
    bool operator==(const StreamEvent&) const = default;
};

// The streams of a connection, and how many each side may open.
class StreamTable {
  public:
    StreamTable(Side side, const StreamSettings& settings, std::uint64_t max_streams);

    // What the peer's parameters said.
    void set_peer_limits(std::uint64_t max_streams, std::uint64_t max_stream_data);
    SendCredit& credit() noexcept { return credit_; }  // of streams that we open

    // ErrorCode::busy when the peer takes no more streams now.
    Result<StreamId> open_stream();
    // Nothing for one that is not open, or is over.
    DuplexStream* find(StreamId id) noexcept;
    // The stream of a frame of the peer, opened by it where need be. No stream and no_error: it is
    // over, and the frame means nothing any more.
    struct Admission {
        DuplexStream* stream = nullptr;
        TransportError error = TransportError::no_error;
    };
    Admission admit(StreamId id);
    // Forgets the stream if it is over.
    void retire(DuplexStream& stream);

    // How many streams the peer may open, of which it is to be told when that is due.
    std::uint64_t peer_limit() const noexcept { return peer_retired_ + max_streams_; }
    bool limit_due() const noexcept { return peer_limit() >= told_limit_ + (max_streams_ + 1) / 2; }
    std::uint64_t tell_limit() noexcept { return told_limit_ = peer_limit(); }

    std::size_t size() const noexcept { return streams_.size(); }
    void tell(const StreamEvent& event) { events_.push_back(event); }
    std::optional<StreamEvent> poll_event();
    // For each stream, in no order that means anything.
    template <class Visit>
    void for_each(Visit&& visit) {
        for (auto& [number, stream] : streams_) visit(*stream);
    }

  private:
    DuplexStream& create(StreamId id);

    Side side_;
    StreamSettings settings_;
    std::uint64_t max_streams_;
    std::uint64_t told_limit_;
    std::uint64_t peer_opened_ = 0;
    std::uint64_t peer_retired_ = 0;
    std::uint64_t peer_stream_data_ = 0;
    SendCredit credit_;
    std::map<std::uint64_t, std::unique_ptr<DuplexStream>> streams_;
    DuplexStream* latest_ = nullptr;  // most look-ups are for the same stream
    std::deque<StreamEvent> events_;
};

}  // namespace gantry::lftp

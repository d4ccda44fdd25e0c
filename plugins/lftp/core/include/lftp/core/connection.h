#pragma once

#include <lftp/core/ack_policy.h>
#include <lftp/core/acknowledger.h>
#include <lftp/core/closing.h>
#include <lftp/core/connection_settings.h>
#include <lftp/core/connection_state.h>
#include <lftp/core/connection_timers.h>
#include <lftp/core/first_contact.h>
#include <lftp/core/handshake.h>
#include <lftp/core/key_export.h>
#include <lftp/core/packet_protection.h>
#include <lftp/core/path_mtu.h>
#include <lftp/core/peer_path.h>
#include <lftp/core/recovery.h>
#include <lftp/core/stream_receiver.h>
#include <lftp/wire/frame_reader.h>

#include <deque>
#include <variant>

namespace gantry::lftp {

// A datagram for the network, or a train of them.
struct Transmit {
    std::size_t size = 0;          // bytes of the buffer; 0: nothing to send
    std::size_t segment = 0;       // each datagram has so many, the last one what is left
    Endpoint to;                   // where the peer is now
    EcnMark mark = EcnMark::none;  // none or ect0
};

// What a connection is secured with; nothing where it has no protection. The services outlive it.
struct ConnectionSecurity {
    std::unique_ptr<TlsEngine> tls;
    KdfService* kdf = nullptr;
    AeadService* aead = nullptr;
};

struct HandshakeFinished {};
// It is over, and nothing more will come. `error` is `closed` for an end in order.
struct ConnectionEnded {
    bool by_peer = false;
    bool by_application = false;
    std::uint64_t code = 0;  // a TransportError, or the application's
    Error error;
};
using ConnectionEvent = std::variant<HandshakeFinished, StreamEvent, ConnectionEnded>;

// One end of one rudp connection (docs/protocols/rudp.md): takes datagrams and the time, and gives
// datagrams, events and its next deadline. No sockets, threads or clock. Whoever owns it calls
// poll_transmit() until nothing comes, after each other call that changes something, and
// on_timeout() at next_timeout(). One thread.
class Connection : private PacketFate {
  public:
    // With `security`, settings.protections are what it is to be used with.
    Connection(const ConnectionSettings& settings, std::unique_ptr<CongestionController> controller,
               TimePoint now, ConnectionSecurity security = {});

    // One datagram that names this connection. Its bytes are changed. `from`: where it came from;
    // none: from where the peer is.
    void receive(ByteSpan datagram, EcnMark mark, TimePoint now,
                 std::optional<Endpoint> from = std::nullopt);
    // Fills `buffer`, of at least a datagram, with what is to go out now.
    Transmit poll_transmit(ByteSpan buffer, TimePoint now);
    TimePoint next_timeout() const noexcept;
    void on_timeout(TimePoint now);
    std::optional<ConnectionEvent> poll_event();

    // ErrorCode::busy until the peer takes another stream; closed.
    Result<StreamId> open_stream();
    // Opens a stream that both sides know of without a frame that says so, once the handshake has
    // finished: the next one of its opener.
    Result<void> agree_on_stream(StreamId id);
    // All that was written to it, and its end, has arrived; or it was given up.
    bool delivered(StreamId id) noexcept;
    // How much was taken; when not all, `writable` tells when there is room. ErrorCode::not_found
    // for a stream that is not open.
    Result<std::size_t> write(StreamId id, ByteView bytes);
    Result<void> finish(StreamId id);
    // 0: nothing now, or the end when at_end is set; a stream that was reset fails with
    // interrupted.
    struct ReadOutcome {
        std::size_t count = 0;
        bool at_end = false;
    };
    Result<ReadOutcome> read(StreamId id, ByteSpan into, TimePoint now);
    void reset(StreamId id, std::uint64_t code);
    void stop(StreamId id, std::uint64_t code);
    // Ends it; what is not acknowledged may be lost. `reason` is for people.
    void shut_down(std::uint64_t code, std::string_view reason, TimePoint now);
    // The same of a server that has no room for it.
    void refuse(std::string_view reason, TimePoint now);

    ConnectionState state() const noexcept { return state_; }
    Side side() const noexcept { return settings_.side; }
    ConnectionId local_id() const noexcept { return settings_.local; }
    // What the client sent its first packet to.
    ConnectionId original_id() const noexcept {
        return settings_.side == Side::client ? contact_.original() : settings_.original;
    }
    ConnectionId remote_id() const noexcept { return remote_; }
    // Who the peer is; none where nothing is protected.
    const TlsEngine* tls() const noexcept { return handshake_.tls(); }
    Protection protection() const noexcept { return handshake_.protection(); }
    const PeerPath& path() const noexcept { return path_; }
    const PathMtu& mtu() const noexcept { return mtu_; }
    // The system did not take a datagram of that size.
    void datagram_refused(std::size_t size) { mtu_.on_refused(size); }
    const Recovery& recovery() const noexcept { return recovery_; }

  private:
    // connection_contact.cpp
    bool receive_unnumbered(ByteView datagram, TimePoint now);
    void follow_retry(const RetryPacket& retry);
    void follow_versions(const VersionNegotiation& offer, TimePoint now);
    void take_reset(const ResetPacket& reset, TimePoint now);
    void start_over();
    bool is_first_destination(ConnectionId id) const noexcept;

    // connection_receive.cpp
    void receive_long(ByteSpan datagram, EcnMark mark, TimePoint now);
    void receive_data(ByteSpan datagram, EcnMark mark, TimePoint now);
    bool knows(const LongPacket& packet);
    void keep_early(ByteView datagram);
    void replay_early(TimePoint now);
    void process(ByteView frames, PacketSpace space, PacketNumber number, EcnMark mark,
                 TimePoint now);
    struct Taken {
        TransportError error = TransportError::no_error;
        bool refused = false;
        bool hurry = false;
    };
    Taken take(const Frame& frame, PacketSpace space, TimePoint now);
    Taken take_stream_frame(const Frame& frame);
    Taken take_path(const PathFrame& frame, TimePoint now);
    Taken take_close(const CloseFrame& frame, TimePoint now);
    Taken take_done(const HandshakeDoneFrame& frame);
    void take_terms(const AckFrequencyFrame& frame);
    void advance_handshake(TimePoint now);
    void on_peer_parameters();
    Result<std::unique_ptr<PacketProtection>> make_protection();
    void confirm();

    // connection_path.cpp
    void follow_peer(std::size_t bytes, TimePoint now);
    void on_path_proved(PeerPath::Verdict verdict, TimePoint now);
    std::optional<Transmit> transmit_path(ByteSpan buffer, TimePoint now);
    bool write_challenge(PacketBuilder& packet);
    std::optional<Transmit> transmit_mtu_probe(ByteSpan buffer, TimePoint now);
    void apply_datagram_size();

    // connection_transmit.cpp
    std::size_t build(ByteSpan room, TimePoint now);
    std::size_t build_handshake(ByteSpan room, TimePoint now);
    std::size_t build_data(ByteSpan room, TimePoint now);
    std::size_t build_close(ByteSpan room, TimePoint now);
    void write_content(PacketBuilder& packet);
    void write_terms(PacketBuilder& packet);
    bool has_content();
    bool may_send_content(TimePoint now) const noexcept;
    bool within_amplification() const noexcept;
    void watch_credit(TimePoint now);
    void begin_long(PacketBuilder& packet);
    std::size_t finish_long(PacketBuilder& packet, TimePoint now);
    void begin_data(PacketBuilder& packet);
    std::size_t finish_data(PacketBuilder& packet, ByteSpan room, TimePoint now);
    void note_sent(PacketSpace space, PacketBuilder& packet, std::size_t size, TimePoint now);

    void on_packet_acked(const SentPacket& packet) override;
    void on_packet_lost(const SentPacket& packet) override;
    void on_lost_packet_acked(const SentPacket& packet) override { on_packet_acked(packet); }
    void repeat(const SentFrame& frame);

    void on_recovery_timeout(TimePoint now);
    TimePoint blocked_at() const noexcept;
    void step(ConnectionStep step);
    void fail(TransportError error, FrameType cause, std::string_view reason, TimePoint now);
    void begin_closing(const CloseFrame& frame, const Error& error, TimePoint now);
    void end(const ConnectionEnded& ended);
    bool living() const noexcept { return state_ <= ConnectionState::confirmed; }
    Acknowledger& acks(PacketSpace space) noexcept {
        return acks_[static_cast<std::size_t>(space)];
    }
    Result<DuplexStream*> stream_of(StreamId id);

    ConnectionSettings settings_;
    ConnectionState state_ = ConnectionState::handshaking;
    ConnectionId remote_;
    bool remote_known_;
    PeerPath path_;
    PathMtu mtu_;
    std::size_t datagram_;   // of a full packet, as the controller knows it
    Endpoint arrived_from_;  // of the datagram that is being taken
    std::uint64_t forged_ = 0;
    FirstContact contact_;

    HandshakeStream handshake_stream_;
    Handshake handshake_;
    KdfService* kdf_;
    AeadService* aead_;
    bool peer_applied_ = false;
    std::unique_ptr<PacketProtection> protection_;
    std::vector<std::vector<std::byte>> early_;

    std::array<Acknowledger, 2> acks_;
    std::uint64_t next_terms_ = 0;  // number of the next ack_frequency that counts
    AckPolicy ack_policy_;
    bool marking_ = false;  // packets as ECT(0)
    StreamTable table_;
    StreamSender sender_;
    StreamReceiver receiver_;
    Recovery recovery_;
    ConnectionTimers timers_;
    ProbeTimer blocked_timer_;
    TimePoint blocked_since_ = TimePoint::max();

    bool waits_for_pace_ = false;
    bool done_due_ = false;
    bool ping_due_ = false;
    struct PathAnswer {
        PathToken token{};
        Endpoint to;
    };
    std::deque<PathAnswer> path_answers_;
    std::optional<ResetToken> peer_token_;

    Closing closing_;
    std::optional<ConnectionEnded> ended_;
    bool end_told_ = false;
    bool finished_due_ = false;
};

}  // namespace gantry::lftp

#pragma once

#include <cs/core/answer_set.h>
#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/request_queue.h>
#include <cs/core/server_deadlines.h>
#include <cs/core/server_end.h>
#include <cs/core/stream_windows.h>
#include <cs/wire/frame_decoder.h>

#include <deque>

namespace gantry::cs {

// Which requests a connection may make.
enum class Offered : std::uint8_t {
    all,
    encrypted_files,  // and echoes: nothing secures the connection
};

// The server's end of one cs1 connection (docs/protocols/cs.md). It answers one request at a time,
// or several, within credit, when the client's HELLO asks for streams. Echoes it answers itself;
// once it drains it refuses requests with `closed`.
class ServerConnection final : public ServerEnd {
  public:
    ServerConnection(const limits::ServerTimes& times, TimePoint now,
                     Offered offered = Offered::all);

    void receive(ByteView bytes, TimePoint now) override;
    void receive_end(TimePoint now) override;
    std::optional<ServerEvent> poll_event(TimePoint now) override;
    Transmit poll_transmit(ByteSpan buffer, TimePoint now) override;
    // cs1 packs nothing: its frames hold the file's bytes as they are.
    Result<Bytes> pack(ByteView file_bytes, TimePoint now) override;
    void on_sent(std::uint64_t bytes, TimePoint now) override;
    std::optional<TimePoint> next_timeout() const override;
    void on_timeout(TimePoint now) override;

    void begin_file(RequestId id, const FileResponse& response, const FileSpan& span) override;
    void offer_file(RequestId id, std::uint64_t bytes) override;
    void tell_piece(RequestId id, const PieceMessage& piece) override;
    void finish_file(RequestId id, FileEnd end) override;
    std::size_t largest_whole() const noexcept override { return limits::kWholeFile; }
    void send_whole(RequestId id, const FileResponse& response, Bytes content) override;
    void begin_sealed(RequestId id, ByteView response, std::uint64_t size) override;
    void tell_sealed_piece(RequestId id, ByteView piece) override;
    void finish_sealed(RequestId id, Bytes end) override;
    void begin_listing(RequestId id) override;
    bool wants_entries(RequestId id) const noexcept override;
    void add_entries(RequestId id, std::span<const ListingEntry> entries) override;
    void finish_listing(RequestId id, const ListingEnd& end) override;
    void begin_hash(RequestId id, const FileResponse& response) override;
    void tell_hashed(RequestId id, std::uint64_t bytes) override;
    void finish_hash(RequestId id, const FileEnd& end) override;
    void begin_put(RequestId id) override;
    UploadPart fetch_upload(RequestId id) override;
    void finish_put(RequestId id) override;
    bool wants_input() const noexcept override;
    void finish_action(RequestId id, ByteView response) override;
    void refuse(RequestId id, const Error& error, ErrorDetail detail = ErrorDetail::none) override;

    void drain(TimePoint now) override;
    bool answering(RequestId id) const noexcept override { return answers_.contains(id); }
    bool finished() const noexcept override;
    bool over() const noexcept override { return gave_up_ || (finished() && peer_ended_); }

  private:
    OpenAnswer* find_open(RequestId id, ServiceId service);
    OpenAnswer* find_listing(RequestId id);
    void take(const FramePiece& piece, TimePoint now);
    Result<void> dispatch(const FramePiece& piece, TimePoint now);
    Result<void> take_hello(const FramePiece& piece);
    Result<void> take_request(const FramePiece& piece);
    Result<void> take_upload(const FramePiece& piece, TimePoint now);
    Result<void> take_credit(const FramePiece& piece, TimePoint now);
    Result<void> take_cancel(const FramePiece& piece);
    void settle(TimePoint now);
    std::optional<PendingRequest> next_request();
    void answer(PendingRequest request);
    std::optional<Error> refusal(const PendingRequest& request) const;
    void announce(PendingRequest request);
    bool awaits_upload() const;
    bool upload_is_stuck() const;
    void push_grants(TimePoint now);
    bool push_data(ByteSpan room, Transmit& out);
    void reply(FrameType type, ServiceId service, RequestId id, ByteView body);
    void reply_error(ServiceId service, RequestId id, const Error& error, ErrorDetail detail);
    void finish(RequestId id, ServiceId service, Bytes end);
    void end_complete();
    void end_answer(RequestId id);
    void drop_answer(RequestId id, const Error& error);
    void fail(Error error, TimePoint now);

    limits::ServerTimes times_;
    Offered offered_;
    FrameDecoder decoder_{Role::server};
    RequestQueue requests_;
    UploadInbox uploads_;
    StreamWindows windows_{limits::kServerWindow, limits::kServerStream};
    OutputQueue output_;
    ServerDeadlines deadlines_;
    AnswerSet answers_;
    bool heard_ = false;    // a frame
    bool streams_ = false;  // are in use
    bool peer_ended_ = false;
    bool draining_ = false;
    bool failed_ = false;
    bool gave_up_ = false;
    std::deque<ServerEvent> events_;  // two for an answer, and at most one failure
};

}  // namespace gantry::cs

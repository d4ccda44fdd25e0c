#pragma once

#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/request_queue.h>
#include <cs/core/server_deadlines.h>
#include <cs/core/server_end.h>
#include <cs/wire/frame_decoder.h>

#include <deque>

namespace gantry::cs {

// The server's end of one cs1 connection (docs/protocols/cs.md). Echoes it answers itself; once it
// drains it refuses requests with `closed`.
class ServerConnection final : public ServerEnd {
  public:
    ServerConnection(const limits::ServerTimes& times, TimePoint now);

    void receive(ByteView bytes, TimePoint now) override;
    void receive_end(TimePoint now) override;
    std::optional<ServerEvent> poll_event(TimePoint now) override;
    Transmit poll_transmit(ByteSpan buffer, TimePoint now) override;
    // cs1 packs nothing: its frames hold the file's bytes as they are.
    Result<Bytes> pack(ByteView file_bytes, TimePoint now) override;
    void on_sent(std::uint64_t bytes, TimePoint now) override;
    std::optional<TimePoint> next_timeout() const override { return deadlines_.next(); }
    void on_timeout(TimePoint now) override;

    void begin_file(RequestId id, const FileResponse& response, const FileSpan& span) override;
    void offer_file(RequestId id, std::uint64_t bytes) override;
    void tell_piece(RequestId id, const PieceMessage& piece) override;
    void finish_file(RequestId id, FileEnd end) override;
    void begin_listing(RequestId id) override;
    bool wants_entries() const noexcept override {
        return output_.bytes() < limits::kMaxQueuedBytes;
    }
    void add_entries(RequestId id, std::span<const ListingEntry> entries) override;
    void finish_listing(RequestId id, const ListingEnd& end) override;
    void begin_hash(RequestId id, const FileResponse& response) override;
    void tell_hashed(RequestId id, std::uint64_t bytes) override;
    void finish_hash(RequestId id, const FileEnd& end) override;
    void begin_put(RequestId id) override;
    UploadPart fetch_upload(RequestId id) override;
    void finish_put(RequestId id) override;
    bool wants_input() const noexcept override { return failed_ || !uploads_.full(); }
    void finish_action(RequestId id, ByteView response) override;
    void refuse(RequestId id, const Error& error, ErrorDetail detail = ErrorDetail::none) override;

    void drain(TimePoint now) override;
    bool answering() const noexcept override { return open_.has_value(); }
    bool finished() const noexcept override;
    bool over() const noexcept override { return gave_up_ || (finished() && peer_ended_); }

  private:
    struct OpenRequest {
        RequestId id;
        ServiceId service = ServiceId::file;
        FileSpan span;              // of the file, to be sent
        std::uint64_t offered = 0;  // bytes of it that may be sent
        std::uint64_t handed = 0;   // that were handed out by poll_transmit
        std::optional<FileEnd> end;
    };
    OpenRequest* find_open(RequestId id, ServiceId service);
    void take(const FramePiece& piece, TimePoint now);
    Result<void> take_request(const FramePiece& piece);
    Result<void> take_upload(const FramePiece& piece);
    void settle(TimePoint now);
    void answer(PendingRequest request);
    void answer_whole(ByteView response);
    void reply(FrameType type, ByteView body);
    void end_request();
    void end_file_when_sent();
    std::optional<FileRange> next_range() const;
    void fail(Error error, TimePoint now);

    FrameDecoder decoder_{Role::server};
    RequestQueue requests_;
    UploadInbox uploads_;
    OutputQueue output_;
    ServerDeadlines deadlines_;
    bool peer_ended_ = false;
    bool draining_ = false;
    bool failed_ = false;
    bool gave_up_ = false;
    std::optional<OpenRequest> open_;
    std::deque<ServerEvent> events_;  // at most one request and one failure
};

}  // namespace gantry::cs

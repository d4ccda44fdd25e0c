#pragma once

#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/request_queue.h>
#include <cs/core/server_deadlines.h>
#include <cs/core/transmit.h>
#include <cs/wire/error_message.h>
#include <cs/wire/frame_decoder.h>

#include <deque>
#include <optional>
#include <span>
#include <variant>

namespace gantry::cs {

struct FileWanted {
    RequestId id;
    FileRequest request;
    bool operator==(const FileWanted&) const = default;
};

struct ListingWanted {
    RequestId id;
    ListingRequest request;
    bool operator==(const ListingWanted&) const = default;
};

struct HashWanted {
    RequestId id;
    HashRequest request;
    bool operator==(const HashWanted&) const = default;
};

struct ActionWanted {
    RequestId id;
    ActionRequest request;
    bool operator==(const ActionWanted&) const = default;
};

// The connection is lost. What poll_transmit() still has is sent where it can be; nothing that was
// asked for needs an answer any more.
struct ServerFailed {
    Error error;
};

using ServerEvent = std::variant<FileWanted, ListingWanted, HashWanted, ActionWanted, ServerFailed>;

// The server's end of one cs1 connection (docs/protocols/cs.md). It does no I/O: the owner gives it
// bytes and the time, fetches what to send and what is asked, and answers that in parts as its disk
// allows. Requests are handed out one at a time, in their order; echoes it answers itself.
//
// An answer for an id that is not the open one is ignored: it came too late.
class ServerConnection {
  public:
    ServerConnection(const limits::ServerTimes& times, TimePoint now);

    // Takes all of `bytes`; they are the caller's again when it returns.
    void receive(ByteView bytes, TimePoint now);
    void receive_end(TimePoint now);  // the client will send no more
    std::optional<ServerEvent> poll_event(TimePoint now);

    // `buffer` has room for at least one frame header. What it answers must be sent in order, and
    // told by on_sent() as it goes.
    Transmit poll_transmit(ByteSpan buffer, TimePoint now);
    void on_sent(std::uint64_t bytes, TimePoint now);
    std::optional<TimePoint> next_timeout() const { return deadlines_.next(); }
    void on_timeout(TimePoint now);

    // Answers to FileWanted: first the response, then how far the file may be sent (from its
    // start), then its end, which goes out when all of it was sent.
    void begin_file(RequestId id, const FileResponse& response);
    void offer_file(RequestId id, std::uint64_t up_to);
    void finish_file(RequestId id, FileEnd end);
    // Answers to ListingWanted. Add entries only while it wants them: that bounds its memory.
    void begin_listing(RequestId id);
    bool wants_entries() const noexcept { return output_.bytes() < limits::kMaxQueuedBytes; }
    void add_entries(RequestId id, std::span<const ListingEntry> entries);
    void finish_listing(RequestId id, const ListingEnd& end);
    // Answers to HashWanted. A count that finds too much unsent is left out.
    void begin_hash(RequestId id, const FileResponse& response);
    void tell_hashed(RequestId id, std::uint64_t bytes);
    void finish_hash(RequestId id, const FileEnd& end);
    // The answer to ActionWanted: it is done. `response` is the body of the response.
    void finish_action(RequestId id, ByteView response);
    // The answer to any of these, at any point before its end.
    void refuse(RequestId id, const Error& error, ErrorDetail detail = ErrorDetail::none);

    // Answers what is open and then ends the connection; refuses what else comes with `closed`.
    void drain(TimePoint now);
    bool answering() const noexcept { return open_.has_value(); }
    // All is sent and nothing more will come of it: finish the stream's writing side.
    bool finished() const noexcept;
    // The stream can be dropped: both sides are through, or the peer does not take the last words.
    bool over() const noexcept { return gave_up_ || (finished() && peer_ended_); }

  private:
    struct OpenRequest {
        RequestId id;
        ServiceId service = ServiceId::file;
        std::uint64_t size = 0;     // of the file
        std::uint64_t offered = 0;  // may be sent
        std::uint64_t handed = 0;   // was handed out by poll_transmit
        std::optional<FileEnd> end;
    };
    OpenRequest* find_open(RequestId id, ServiceId service);
    void take(const FramePiece& piece, TimePoint now);
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

#pragma once

#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/sealed_exchange.h>
#include <cs/core/stream_windows.h>
#include <cs/core/transmit.h>
#include <cs/core/upload_output.h>
#include <cs/wire/action_messages.h>
#include <cs/wire/error_message.h>
#include <cs/wire/frame_decoder.h>
#include <cs/wire/hash_messages.h>
#include <cs/wire/listing_messages.h>
#include <cs/wire/piece_message.h>
#include <cs/wire/put_request.h>
#include <cs/wire/watch_request.h>
#include <gantry/core/clock.h>

#include <map>
#include <optional>
#include <variant>
#include <vector>

namespace gantry::cs {

struct FileBegan {
    RequestId id;
    FileResponse response;
    std::shared_ptr<ChunkOpener> opener = nullptr;  // of an encrypted file, for its bytes
};
struct FileBytes {
    RequestId id;
    std::uint64_t offset = 0;  // in the file; of an encrypted one, in its chunks
    ByteView bytes;            // of what was given to receive()
};
// What a piece of the file comes to, before or after its bytes.
struct FilePiece {
    RequestId id;
    PieceMessage piece;
};
// The length has been checked; the check value is for the one who has the bytes.
struct FileEnded {
    RequestId id;
    FileEnd end;
};
// The server has read so many bytes of the file that it hashes.
struct Hashed {
    RequestId id;
    std::uint64_t bytes = 0;
};
// Of a listing or a watch, as is ListingEnded. Without entries: the watch has begun.
struct ListingPart {
    RequestId id;
    std::vector<ListingEntry> entries;
    std::size_t bytes = 0;  // that they took on the wire
};
struct ListingEnded {
    RequestId id;
    ListingEnd end;
};
// The whole answer of a service that has but a response: an echo, an action; a put that is done.
struct Answered {
    RequestId id;
    Bytes body;
};
// This request has failed; the connection goes on.
struct RequestFailed {
    RequestId id;
    Error error;
    ErrorDetail detail = ErrorDetail::none;
};
// The connection, and every request that is open on it, has failed. It is the last event.
struct ClientFailed {
    Error error;
};

using ClientEvent = std::variant<FileBegan, FileBytes, FilePiece, FileEnded, Hashed, ListingPart,
                                 ListingEnded, Answered, RequestFailed, ClientFailed>;

// The client's end of one cs1 connection (docs/protocols/cs.md). It does no I/O. Answers are
// matched by id and may interleave; what does not follow the order of section 2 fails the
// connection.
class ClientConnection {
  public:
    explicit ClientConnection(const limits::ClientTimes& times = {}) : times_(times) {}

    // Asks for streams: before the first request, or not at all. What the server makes of it shows
    // when its first frame comes; requests need not wait for that.
    void say_hello();

    // ErrorCode::limit when kMaxPendingRequests are open or the body is too large, closed after the
    // connection has failed.
    Result<RequestId> request(const FileRequest& request, TimePoint now);
    // What the answer has besides its chunks is opened here.
    Result<RequestId> request(const std::shared_ptr<SealedExchange>& request, TimePoint now);
    Result<RequestId> request(const ListingRequest& request, TimePoint now);
    Result<RequestId> request(const HashRequest& request, TimePoint now);
    Result<RequestId> request(const ActionRequest& request, TimePoint now);
    Result<RequestId> request(const WatchRequest& request, TimePoint now);
    // The file's bytes follow by send_upload(), front to back, and then its end. They may go before
    // the server has answered; once the put has failed they go nowhere.
    Result<RequestId> request(const PutRequest& request, TimePoint now);
    void send_upload(RequestId id, ByteView bytes);
    void end_upload(RequestId id, const FileEnd& end);
    // Give send_upload() more only while this is so: that bounds its memory.
    bool wants_upload(RequestId id) const noexcept;
    Result<RequestId> echo(ByteView body, TimePoint now);
    // Nothing more is told of this request; what still comes for it is dropped. An upload without
    // its end is given up, and where streams are in use the server is asked to end the answer.
    void abandon(RequestId id);
    std::size_t open_requests() const noexcept { return open_.size(); }

    // `bytes` stay the caller's and must live until poll_event() has answered nothing; call it only
    // then.
    void receive(ByteView bytes, TimePoint now);
    void receive_end(TimePoint now);  // the server will send no more
    void lost(Error error);           // the stream has failed
    std::optional<ClientEvent> poll_event();
    // So many of the bytes that FileBytes and ListingPart told need no memory any more, also after
    // the end of their request: until then the server cannot send as many again. All are to be told
    // at last.
    void consumed(RequestId id, std::uint64_t bytes) { windows_.consumed(id, bytes); }

    Transmit poll_transmit(ByteSpan buffer, TimePoint now);
    std::optional<TimePoint> next_timeout() const;
    void on_timeout(TimePoint now);
    // While the owner does not read, no answer can come: the time does not count.
    void pause(bool paused, TimePoint now);
    bool failed() const noexcept { return failed_; }

  private:
    enum class Phase : std::uint8_t { waiting, receiving };
    struct Exchange {
        ServiceId service = ServiceId::file;
        Phase phase = Phase::waiting;
        bool abandoned = false;
        CheckAlgorithm check = CheckAlgorithm::none;
        std::uint64_t offset = 0;    // of a file, where the range starts
        std::uint64_t size = 0;      // of what is to come of it, once it is known
        std::uint64_t received = 0;  // bytes of a file, entries of a listing
        std::shared_ptr<SealedExchange> sealed;
    };
    // A step answers an event, nothing, or the Error that ends the connection.
    using Step = Result<std::optional<ClientEvent>>;
    using Handler = Step (ClientConnection::*)(Exchange&, const FramePiece&);
    struct Rule;
    static const Rule* find_rule(const Exchange& exchange, FrameType type);

    Result<RequestId> begin(ServiceId service, ByteView body, TimePoint now);
    Step take(const FramePiece& piece);
    Step take_connection_frame(const FramePiece& piece);
    Step take_hello(const FramePiece& piece, bool expected);
    Step take_credit(const FramePiece& piece);
    Step take_answer(Exchange& exchange, const FramePiece& piece);
    Result<void> count_data(const FramePiece& piece);
    Step on_file_response(Exchange& exchange, const FramePiece& piece);
    Step on_empty_response(Exchange& exchange, const FramePiece& piece);
    Step on_watch_response(Exchange& exchange, const FramePiece& piece);
    Step on_whole_response(Exchange& exchange, const FramePiece& piece);
    Step on_file_data(Exchange& exchange, const FramePiece& piece);
    Step on_file_piece(Exchange& exchange, const FramePiece& piece);
    Step on_sealed_response(Exchange& exchange, const FramePiece& piece);
    Step on_sealed_piece(Exchange& exchange, const FramePiece& piece);
    Step on_sealed_end(Exchange& exchange, const FramePiece& piece);
    Step on_hash_response(Exchange& exchange, const FramePiece& piece);
    Step on_hash_data(Exchange& exchange, const FramePiece& piece);
    Step on_listing_data(Exchange& exchange, const FramePiece& piece);
    Step on_file_end(Exchange& exchange, const FramePiece& piece);
    Step on_listing_end(Exchange& exchange, const FramePiece& piece);
    Step on_whole_end(Exchange& exchange, const FramePiece& piece);
    Step on_put_end(Exchange& exchange, const FramePiece& piece);
    void give_up_upload(RequestId id);
    void end_exchange(RequestId id);
    void push_grants(TimePoint now);
    Step on_error(Exchange& exchange, const FramePiece& piece);
    // Gives up one request whose answer we cannot use, unless the whole connection is in doubt.
    Step give_up(Exchange& exchange, RequestId id, Error error);
    // The same for an encrypted file, where what does not open concerns this request alone.
    Step give_up_sealed(RequestId id, Error error);
    // What an answer to a file request may be checked by.
    static bool is_file_check(CheckAlgorithm check) noexcept;
    static Step refused_end(RequestId id, Error error);
    void fail(Error error);

    limits::ClientTimes times_;
    FrameDecoder decoder_{Role::client};
    OutputQueue output_;
    UploadOutput uploads_;
    StreamWindows windows_{limits::kClientWindow, limits::kClientStream};
    std::map<RequestId, Exchange> open_;
    RequestId last_{0};
    TimePoint heard_{};
    bool said_hello_ = false;
    bool heard_first_ = false;  // the server's first frame
    bool streams_ = false;      // are in use
    bool paused_ = false;
    bool failed_ = false;
    std::optional<ClientEvent> failure_;  // not told yet
};

}  // namespace gantry::cs

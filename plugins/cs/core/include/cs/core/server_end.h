#pragma once

#include <cs/core/transmit.h>
#include <cs/core/upload_inbox.h>
#include <cs/wire/action_messages.h>
#include <cs/wire/error_message.h>
#include <cs/wire/file_messages.h>
#include <cs/wire/hash_messages.h>
#include <cs/wire/listing_messages.h>
#include <cs/wire/piece_message.h>
#include <cs/wire/put_request.h>
#include <cs/wire/sealed_messages.h>
#include <cs/wire/watch_request.h>
#include <gantry/core/clock.h>

#include <optional>
#include <span>
#include <variant>

namespace gantry::cs {

struct FileWanted {
    RequestId id;
    FileRequest request;
    bool operator==(const FileWanted&) const = default;
};

struct SealedWanted {
    RequestId id;
    SealedAsk request;
    bool operator==(const SealedWanted&) const = default;
};

struct ListingWanted {
    RequestId id;
    ListingRequest request;
    // The classic wire's: every file below the root, in its order, with names that it can carry.
    bool catalogue = false;
    bool operator==(const ListingWanted&) const = default;
};

struct HashWanted {
    RequestId id;
    HashRequest request;
    bool operator==(const HashWanted&) const = default;
};

struct PutWanted {
    RequestId id;
    PutRequest request;
    bool operator==(const PutWanted&) const = default;
};

struct ActionWanted {
    RequestId id;
    ActionRequest request;
    bool operator==(const ActionWanted&) const = default;
};

struct WatchWanted {
    RequestId id;
    WatchRequest request;
    bool operator==(const WatchWanted&) const = default;
};

// Which bytes of a file are sent.
struct FileSpan {
    std::uint64_t offset = 0;
    std::uint64_t count = 0;
    bool operator==(const FileSpan&) const = default;
};

// The answer was ended before its owner ended it: the client has cancelled it, or takes none of it.
struct AnswerDropped {
    RequestId id;
    Error error;
};

// The connection is lost. What poll_transmit() still has is sent where it can be; nothing that was
// asked for needs an answer any more.
struct ServerFailed {
    Error error;
};

using ServerEvent = std::variant<FileWanted, SealedWanted, ListingWanted, HashWanted, PutWanted,
                                 ActionWanted, WatchWanted, AnswerDropped, ServerFailed>;

// The server's end of one connection, whichever wire it speaks. It does no I/O: the owner gives it
// bytes and the time, fetches what to send and what is asked, and answers that in parts as its disk
// allows. Requests are handed out in their order, a limited number at once.
//
// An answer for an id that is not open is ignored: it came too late.
class ServerEnd {
  public:
    virtual ~ServerEnd() = default;

    // Takes all of `bytes`; they are the caller's again when it returns.
    virtual void receive(ByteView bytes, TimePoint now) = 0;
    virtual void receive_end(TimePoint now) = 0;  // the client will send no more
    virtual std::optional<ServerEvent> poll_event(TimePoint now) = 0;

    // `buffer` has room for at least one frame header. What it answers must be sent in order, and
    // told by on_sent() as it goes.
    virtual Transmit poll_transmit(ByteSpan buffer, TimePoint now) = 0;
    // Whether file ranges are `packed`, and what to send for the bytes of such a one.
    virtual bool packs() const noexcept { return false; }
    virtual Result<Bytes> pack(ByteView file_bytes, TimePoint now) = 0;
    virtual void on_sent(std::uint64_t bytes, TimePoint now) = 0;
    virtual std::optional<TimePoint> next_timeout() const = 0;
    virtual void on_timeout(TimePoint now) = 0;

    // Answers to FileWanted: first the response and what will be sent, then how many bytes of that
    // may be sent until now, then its end, which goes out when all of it was sent. In between, what
    // pieces come to.
    virtual void begin_file(RequestId id, const FileResponse& response, const FileSpan& span) = 0;
    virtual void offer_file(RequestId id, std::uint64_t bytes) = 0;
    virtual void tell_piece(RequestId, const PieceMessage&) {}
    virtual void finish_file(RequestId id, FileEnd end) = 0;
    // Or all of it at once, between the response and the end, where the bytes are at hand: as many
    // as largest_whole() says, or fewer.
    virtual std::size_t largest_whole() const noexcept { return 0; }
    virtual void send_whole(RequestId, const FileResponse&, Bytes) {}
    // Answers to SealedWanted: as those to FileWanted, in bodies that are sealed already. The data
    // is `size` bytes of chunks, of which offer_file() tells how many there are.
    virtual void begin_sealed(RequestId, ByteView, std::uint64_t size) { (void)size; }
    virtual void tell_sealed_piece(RequestId, ByteView) {}
    virtual void finish_sealed(RequestId, Bytes) {}
    // Answers to ListingWanted and WatchWanted. Add entries only while it wants them: that bounds
    // its memory. None at all shows the client that the server is at work.
    virtual void begin_listing(RequestId id) = 0;
    virtual bool wants_entries(RequestId id) const noexcept = 0;
    virtual void add_entries(RequestId id, std::span<const ListingEntry> entries) = 0;
    virtual void finish_listing(RequestId id, const ListingEnd& end) = 0;
    // Answers to HashWanted. A count that finds the one before unsent takes its place. A wire that
    // cannot ask for hashes, puts and actions has no answers to them either.
    virtual void begin_hash(RequestId, const FileResponse&) {}
    virtual void tell_hashed(RequestId, std::uint64_t) {}
    virtual void finish_hash(RequestId, const FileEnd&) {}
    // Answers to PutWanted: the file can be written; it is whole and has its name. In between,
    // receive() may have brought more of it. Who fetches more has stored what was fetched before:
    // then the client may send as much again.
    virtual void begin_put(RequestId) {}
    virtual UploadPart fetch_upload(RequestId) { return {}; }
    virtual void finish_put(RequestId) {}
    // False: read nothing more until what has come was fetched.
    virtual bool wants_input() const noexcept { return true; }
    // The answer to ActionWanted: it is done. `response` is the body of the response.
    virtual void finish_action(RequestId, ByteView) {}
    // The answer to any of these, at any point before its end.
    virtual void refuse(RequestId id, const Error& error,
                        ErrorDetail detail = ErrorDetail::none) = 0;

    // Answers what is open and then ends the connection; refuses what else comes.
    virtual void drain(TimePoint now) = 0;
    // Whether the answer to this request has not gone out whole, nor was dropped.
    virtual bool answering(RequestId id) const noexcept = 0;
    // All is sent and nothing more will come of it: finish the stream's writing side.
    virtual bool finished() const noexcept = 0;
    // The stream can be dropped: both sides are through, or the peer does not take the last words.
    virtual bool over() const noexcept = 0;
};

}  // namespace gantry::cs

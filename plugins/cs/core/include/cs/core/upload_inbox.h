#pragma once

#include <cs/wire/file_messages.h>
#include <cs/wire/frame_decoder.h>

#include <map>
#include <optional>

namespace gantry::cs {

// What has come of an upload since it was last asked for.
struct UploadPart {
    Bytes bytes;
    std::optional<Result<FileEnd>> end;  // the client's end, or why it cannot be read
    bool given_up = false;               // the client sends no more of it

    bool empty() const noexcept { return bytes.empty() && !end && !given_up; }
};

// What a client sends under the ids of its puts, which may run ahead of their turn and of their
// refusal. Its user reads no more from the client while it is full.
class UploadInbox {
  public:
    // A put request has come. ErrorCode::limit when limits::kMaxUploads have not had their end.
    Result<void> begin(RequestId id);
    // A data, end or error frame. ErrorCode::protocol when no put waits for it; an error for what
    // is no put is none of its business.
    Result<void> take(const FramePiece& piece);
    // Forgets an upload whose end or error it hands out.
    UploadPart fetch(RequestId id);
    // Drops what has come of it and what will come until its end.
    void discard(RequestId id);

    bool empty() const noexcept { return uploads_.empty(); }
    bool full() const noexcept;
    // Whether the client has yet to end one that it may be waiting for.
    bool unfinished() const noexcept;
    bool awaits(RequestId id) const noexcept;
    // Whether what comes of it is kept.
    bool keeps(RequestId id) const noexcept;
    // Whether something of it has come that was not fetched.
    bool holds(RequestId id) const noexcept;
    void clear() noexcept;

  private:
    struct Upload {
        UploadPart part;
        bool ended = false;
        bool discarded = false;
    };
    std::map<RequestId, Upload> uploads_;
    std::size_t bytes_ = 0;
};

}  // namespace gantry::cs

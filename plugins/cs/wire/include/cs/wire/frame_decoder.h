#pragma once

#include <cs/wire/frame_header.h>

#include <optional>

namespace gantry::cs {

// Which end of the connection reads.
enum class Role : std::uint8_t { server, client };

// A frame, or, where the frame is a data frame of a file, the part of it that has come.
struct FramePiece {
    FrameHeader header;
    ByteView body;     // valid until the next call of feed() or next()
    bool last = true;  // the frame ends with it
};

// Cuts a stream of bytes into frames, however they are split. Frames that its role may not get, or
// that are over-long, are refused as soon as their header is there; optional frames of an unknown
// type are skipped. Keeps at most limits::kMaxBody bytes; the bodies of file data frames are handed
// on as they come and never kept.
//
// After an Error every further call answers the same: the stream has lost its place.
class FrameDecoder {
  public:
    explicit FrameDecoder(Role role) : role_(role) {}

    // Gives it the next bytes of the stream. They stay the caller's, and must live until next() has
    // answered nothing. Call it only then.
    void feed(ByteView bytes);
    // The next frame or piece; nothing when the bytes are used up.
    //
    // ErrorCode::protocol: no cs1 frame, or a length beyond the limit. unsupported: another
    // version, or a type that this role does not take.
    Result<std::optional<FramePiece>> next();
    // Whether a frame has begun and not ended, other than a file's, which may be long.
    bool inside_message() const noexcept;

  private:
    using Step = Result<std::optional<FramePiece>>;
    Result<bool> read_header();
    Step stream_body();
    Step whole_body();
    bool skip_body();
    ByteView take(std::size_t count);
    void end_frame();
    void drop_kept();
    Error fail(Error error);

    Role role_;
    ByteView input_;
    Bytes kept_;  // the begun header, or the begun body of a frame that is needed whole
    std::optional<FrameHeader> header_;
    std::size_t left_ = 0;    // of the body
    bool kept_used_ = false;  // kept_ was handed out and goes with the next call
    std::optional<Error> failed_;
};

}  // namespace gantry::cs

#pragma once

#include <cs/core/block_transform.h>
#include <cs/core/limits.h>
#include <cs/core/output_queue.h>
#include <cs/core/transmit.h>
#include <cs/wire/classic_reply.h>
#include <cs/wire/classic_request.h>
#include <gantry/core/clock.h>

#include <optional>
#include <variant>

namespace gantry::cs {

// The next bytes of the file or the catalogue; valid until the next call of poll_event().
struct ClassicBytes {
    ByteView bytes;
};
struct ClassicEnded {};
struct ClassicFailed {
    Error error;
};

using ClassicEvent = std::variant<ClassicBytes, ClassicEnded, ClassicFailed>;

// The client's end of one classic connection (docs/protocols/cs-classic.md). It does no I/O. After
// ClassicEnded or ClassicFailed nothing more is told, whatever comes.
class ClassicClient {
  public:
    // A request whose name the wire cannot carry fails at once. `cipher` outlives it.
    ClassicClient(const ClassicRequest& request, BlockTransform& cipher,
                  const limits::ClientTimes& times, TimePoint now);

    // `bytes` stay the caller's and must live until poll_event() has answered nothing; call it only
    // then.
    void receive(ByteView bytes, TimePoint now);
    void receive_end(TimePoint now);  // the server will send no more
    void lost(Error error);           // the stream has failed
    std::optional<ClassicEvent> poll_event();

    Transmit poll_transmit(ByteSpan buffer, TimePoint now);
    std::optional<TimePoint> next_timeout() const;
    void on_timeout(TimePoint now);
    // While the owner does not read, no answer can come: the time does not count.
    void pause(bool paused, TimePoint now);

  private:
    Result<ClassicEvent> take(const ClassicPacket& packet);
    Result<ClassicEvent> take_data(const ClassicPacket& packet);
    void fail(Error error);

    BlockTransform& cipher_;
    ClassicService service_;
    std::uint16_t id_;
    limits::ClientTimes times_;
    ClassicReplyDecoder decoder_;
    OutputQueue output_;
    Bytes opened_;  // what the last ClassicBytes of service 1 shows
    TimePoint heard_;
    bool paused_ = false;
    bool over_ = false;
    std::optional<Error> failure_;  // not told yet
};

}  // namespace gantry::cs

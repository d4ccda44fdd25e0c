#pragma once

#include <gantry/core/lifetime.h>
#include <gantry/crypto/secure_stream.h>

#include <optional>

namespace gantry {

// Moves bytes between the inner stream and the engine, and tells the user what waits.
//
// What waits to be read in the engine is told each turn by a timer; all else follows from the inner
// stream's own level-triggered callbacks.
class SecureStream::Impl {
  public:
    Impl(EventLoop& loop, std::unique_ptr<Stream> inner, std::unique_ptr<TlsEngine> engine);
    ~Impl();

    void set_callbacks(StreamCallbacks callbacks);
    void set_interest(Interest interest);
    Result<ReadOutcome> read(ByteSpan into);
    Result<std::size_t> write(std::span<const ByteView> buffers);
    Result<void> finish_writing();
    void abort();
    // Whether nothing stands before what is written next.
    bool has_room();
    Result<void> usable(bool to_write) const;
    Stream& inner() const noexcept { return *inner_; }
    TlsEngine& engine() const noexcept { return *engine_; }

  private:
    bool is_open() const noexcept { return engine_->state() == TlsState::open; }
    bool can_write() const noexcept;
    bool pull();
    void flush();
    void discard();
    Result<std::size_t> encrypt(ByteView bytes);
    Error fail(Error error);
    Error engine_failed();
    Result<void> on_inner(bool readable);
    Result<void> tell();
    Result<void> tell_closed();
    void update();

    EventLoop& loop_;
    std::unique_ptr<Stream> inner_;
    std::unique_ptr<TlsEngine> engine_;
    std::unique_ptr<Timer> wake_;
    StreamCallbacks callbacks_;
    Lifetime lifetime_;
    std::optional<Error> error_;
    Interest interest_ = Interest::none;
    Interest inner_interest_ = Interest::none;
    bool telling_ = false;
    bool finished_ = false;        // writing, by the user
    bool inner_finished_ = false;  // writing, after close_notify or an alert
    bool inner_ended_ = false;     // reading
    bool closed_ = false;
};

}  // namespace gantry

#pragma once

#include <gantry/core/registration.h>
#include <gantry/crypto/tls.h>
#include <gantry/net/stream.h>

#include <memory>

namespace gantry {

// A Stream through a TLS engine over another Stream. It keeps Stream's contract, and:
//
// finish_writing() sends close_notify and then ends the inner stream's direction; the peer's end is
// told only when its close_notify has come. An inner stream that ends without one, or a record that
// was tampered with, is a failure (ErrorCode::network, ErrorCode::security), told after all bytes
// before it were read.
//
// Destroying it ends it in order as far as the inner stream takes the bytes at once: what it has no
// room for is lost, and the peer finds the stream cut short. Whoever must be sure that all has come
// finishes writing and waits for the peer's end.
class SecureStream final : public Stream {
  public:
    // Starts the handshake. Until it is over write() takes nothing; `writable` tells when it is. A
    // handshake that fails is told by `closed`. On the loop that `inner` belongs to.
    SecureStream(EventLoop& loop, std::unique_ptr<Stream> inner, std::unique_ptr<TlsEngine> engine);
    ~SecureStream() override;

    void set_callbacks(StreamCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;
    Result<void> finish_writing() override;
    void abort() override;
    Endpoint local() const override;
    Endpoint peer() const override;
    Security security() const override;

    // Of one send_file() call, so that a long file leaves the loop its other work.
    static constexpr std::size_t kMaxSendFile = 1024 * 1024;

    // For what a Stream does not tell: the peer, the application protocol, exported keys, sessions.
    TlsEngine& engine() noexcept;

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

using SecureCallback = Callback<Result<std::unique_ptr<SecureStream>>>;

// Runs the handshake and hands over the stream when it is open. The callback comes once, in a later
// turn of the loop, unless the Registration is dropped first. Errors: the handshake's, the inner
// stream's, timeout.
Registration secure(EventLoop& loop, std::unique_ptr<Stream> inner,
                    std::unique_ptr<TlsEngine> engine, Duration timeout, SecureCallback done);

}  // namespace gantry

#pragma once

#include <gantry/net/stream.h>

#include <optional>

#include <gantry/core/lifetime.h>
#include "owned_socket.h"
#include "send_buffer.h"

namespace gantry::host {

// A Stream over a connected TCP socket.
class TcpStream final : public Stream {
  public:
    // Takes over a connected socket. On the loop's thread.
    static Result<std::unique_ptr<Stream>> make(EventLoop& loop, OwnedSocket socket);
    TcpStream(EventLoop& loop, OwnedSocket socket);

    void set_callbacks(StreamCallbacks callbacks) override;
    void set_interest(Interest interest) override;
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;
    Result<void> finish_writing() override;
    void abort() override;
    Endpoint local() const override { return local_; }
    Endpoint peer() const override { return peer_; }
    Security security() const override { return {}; }

    // Of one send_file() call, so that a fast peer and a long file leave the loop its other work.
    static constexpr std::size_t kMaxSendFile = 1024 * 1024;
    // A peer that has vanished while nothing is said is noticed within kKeepAliveAfter and
    // kKeepAliveProbes times kKeepAliveEvery, and one that takes nothing that was sent as soon.
    static constexpr std::chrono::seconds kKeepAliveAfter{30};
    static constexpr std::chrono::seconds kKeepAliveEvery{10};
    static constexpr int kKeepAliveProbes = 3;

  private:
    Result<void> start();
    void keep_alive();
    Result<void> on_ready(Readiness ready);
    Result<void> on_hangup();
    Result<void> tell_closed();
    Result<void> usable(bool to_write) const;
    Error failed(int errno_value);
    Result<std::size_t> send_descriptor(File& file, std::uint64_t offset, std::size_t count);
    Result<std::size_t> send_cached(int file, std::uint64_t offset, std::size_t count);
    Result<std::size_t> send_some(ByteView bytes);

    EventLoop& loop_;
    OwnedSocket socket_;
    SendBuffer send_buffer_;
    std::unique_ptr<Watch> watch_;
    std::unique_ptr<Timer> failure_;  // tells what read or write found, in a later turn
    StreamCallbacks callbacks_;
    Lifetime lifetime_;
    std::optional<Error> error_;
    Endpoint local_;
    Endpoint peer_;
    Interest interest_ = Interest::none;
    bool finished_ = false;  // writing
    bool closed_ = false;
};

}  // namespace gantry::host

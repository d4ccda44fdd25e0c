#pragma once

#include <cs/net/first_bytes.h>
#include <cs/net/secure_gate.h>
#include <gantry/core/clock.h>
#include <gantry/crypto/secure_stream.h>

#include <memory>

namespace gantry::cs {

// The first moments of one accepted stream: its first two bytes say what it speaks, and then it is
// secured, told why not, or dropped. Loop thread only.
class Greeting : public std::enable_shared_from_this<Greeting> {
  public:
    using Outcome = Result<std::unique_ptr<Stream>>;
    // Called once, when this can be dropped; it may drop it at once.
    using Over = Callback<Greeting&, Outcome>;

    Greeting(EventLoop& loop, std::unique_ptr<Stream> stream, TlsServer& server, PlainClients plain,
             WallTime now, Over over);
    void start();
    const Endpoint& peer() const noexcept { return peer_; }

  private:
    void on_readable();
    void decide();
    void secure_it();
    void secured();
    void refused(Error why);
    void let_in();
    void say_farewell();
    void write_farewell();
    void linger();
    void discard();
    void end(Outcome outcome);

    EventLoop& loop_;
    std::shared_ptr<Stream> stream_;
    TlsServer& server_;
    PlainClients plain_;
    WallTime now_;
    Over over_;
    Endpoint peer_;
    std::unique_ptr<Timer> limit_;
    std::unique_ptr<SecureStream> secure_;  // over stream_
    std::array<std::byte, kTellingBytes> first_{};
    std::size_t count_ = 0;
    std::vector<std::byte> farewell_;
    std::size_t told_ = 0;      // bytes of farewell_ that went
    std::optional<Error> why_;  // it is turned away, and what it still sends is dropped
    std::size_t discarded_ = 0;
};

}  // namespace gantry::cs

#pragma once

#include <gantry/net/passing_stream.h>
#include <gantry/net/transport.h>

#include <memory>

namespace gantry::cs::testing {

// Connections on which one bit of what the server sends flips.
class FlippingTransport final : public Transport {
  public:
    // `inner` outlives it. Byte `place` of each connection, counted from 0.
    FlippingTransport(Transport& inner, std::uint64_t place) : inner_(inner), place_(place) {}

    Registration connect(EventLoop& loop, const HostPort& to, const ConnectOptions& options,
                         ConnectCallback done) override {
        return inner_.connect(loop, to, options,
                              [place = place_, done = std::move(done)](
                                  Result<std::unique_ptr<Stream>> stream) mutable {
                                  if (stream)
                                      stream = std::unique_ptr<Stream>(
                                          std::make_unique<Flipping>(std::move(*stream), place));
                                  (void)done(std::move(stream));
                              });
    }
    Result<std::unique_ptr<Listener>> listen(EventLoop& loop, const Endpoint& at,
                                             const ListenOptions& options,
                                             AcceptCallback accepted) override {
        return inner_.listen(loop, at, options, std::move(accepted));
    }

  private:
    class Flipping final : public PassingStream {
      public:
        Flipping(std::unique_ptr<Stream> inner, std::uint64_t place)
            : PassingStream(std::move(inner)), left_(place) {}
        Result<ReadOutcome> read(ByteSpan into) override {
            auto got = inner().read(into);
            if (!got || done_) return got;
            if (left_ < got->bytes) {
                into[static_cast<std::size_t>(left_)] ^= static_cast<std::byte>(1U << (left_ % 8));
                done_ = true;
            } else {
                left_ -= got->bytes;
            }
            return got;
        }

      private:
        std::uint64_t left_;
        bool done_ = false;
    };

    Transport& inner_;
    std::uint64_t place_;
};

}  // namespace gantry::cs::testing

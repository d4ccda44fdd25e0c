#pragma once

#include <gantry/net/pacer.h>
#include <gantry/net/passing_stream.h>

#include <memory>
#include <vector>

namespace gantry::cs {

// How fast bytes may go each way, over all streams that share it. Loop thread only.
struct RateLimit {
    explicit RateLimit(BytesPerSecond rate) : reading(rate), writing(rate) {}
    Pacer reading;
    Pacer writing;
};

// A stream that can be held to a rate while it is in use. What it does not read makes the peer's
// system wait, by TCP's own flow control. Without a limit it is the stream that it was made of.
class PacedStream final : public PassingStream {
  public:
    PacedStream(EventLoop& loop, std::unique_ptr<Stream> inner);
    // Null: as fast as it can be.
    void limit(std::shared_ptr<RateLimit> limit);

    void set_interest(Interest interest) override;
    Result<ReadOutcome> read(ByteSpan into) override;
    Result<std::size_t> write(std::span<const ByteView> buffers) override;
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override;

  private:
    // One way; held until its pacer lets more pass.
    struct Way {
        std::unique_ptr<Timer> timer;
        bool held = false;
    };
    std::size_t allowed(Way& way, const Pacer& pacer);
    void release(Way& way);
    void apply();

    EventLoop& loop_;
    std::shared_ptr<RateLimit> limit_;
    Way reading_;
    Way writing_;
    Interest wanted_ = Interest::none;
};

}  // namespace gantry::cs

#pragma once

#include <gantry/net/stream.h>

#include <memory>

namespace gantry {

// Passes every call on to another stream: the base of those that change some of them. That stream
// may be shared with one who has a use for it when this has gone.
class PassingStream : public Stream {
  public:
    void set_callbacks(StreamCallbacks callbacks) override {
        inner_->set_callbacks(std::move(callbacks));
    }
    void set_interest(Interest interest) override { inner_->set_interest(interest); }
    Result<ReadOutcome> read(ByteSpan into) override { return inner_->read(into); }
    Result<std::size_t> write(std::span<const ByteView> buffers) override {
        return inner_->write(buffers);
    }
    Result<std::size_t> send_file(File& file, std::uint64_t offset, std::size_t count) override {
        return inner_->send_file(file, offset, count);
    }
    Result<void> finish_writing() override { return inner_->finish_writing(); }
    void abort() override { inner_->abort(); }
    Endpoint local() const override { return inner_->local(); }
    Endpoint peer() const override { return inner_->peer(); }
    Security security() const override { return inner_->security(); }

  protected:
    explicit PassingStream(std::shared_ptr<Stream> inner) : inner_(std::move(inner)) {}
    Stream& inner() noexcept { return *inner_; }

  private:
    std::shared_ptr<Stream> inner_;
};

}  // namespace gantry

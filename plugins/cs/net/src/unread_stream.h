#pragma once

#include <cs/net/first_bytes.h>

#include <algorithm>
#include <memory>

namespace gantry::cs {

// A stream that gives back the bytes that were read from it to tell what it speaks. There is more
// to come behind them, which wakes the reader.
class UnreadStream final : public Stream {
  public:
    using First = std::array<std::byte, kTellingBytes>;
    UnreadStream(std::shared_ptr<Stream> inner, const First& first)
        : inner_(std::move(inner)), first_(first) {}

    void set_callbacks(StreamCallbacks callbacks) override {
        inner_->set_callbacks(std::move(callbacks));
    }
    void set_interest(Interest interest) override { inner_->set_interest(interest); }
    Result<ReadOutcome> read(ByteSpan into) override {
        if (given_ == first_.size()) return inner_->read(into);
        const auto again = ByteView(first_).subspan(given_);
        const auto count = std::min(again.size(), into.size());
        std::copy_n(again.begin(), count, into.begin());
        given_ += count;
        auto more = inner_->read(into.subspan(count));
        if (!more) return more;
        return ReadOutcome{count + more->bytes, false};  // the end is told again
    }
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

  private:
    std::shared_ptr<Stream> inner_;
    First first_;
    std::size_t given_ = 0;
};

}  // namespace gantry::cs

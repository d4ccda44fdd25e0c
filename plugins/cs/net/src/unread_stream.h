#pragma once

#include <cs/net/first_bytes.h>
#include <gantry/net/passing_stream.h>

#include <algorithm>
#include <memory>

namespace gantry::cs {

// A stream that gives back the bytes that were read from it to tell what it speaks. There is more
// to come behind them, which wakes the reader.
class UnreadStream final : public PassingStream {
  public:
    using First = std::array<std::byte, kTellingBytes>;
    UnreadStream(std::shared_ptr<Stream> inner, const First& first)
        : PassingStream(std::move(inner)), first_(first) {}

    Result<ReadOutcome> read(ByteSpan into) override {
        if (given_ == first_.size()) return inner().read(into);
        const auto again = ByteView(first_).subspan(given_);
        const auto count = std::min(again.size(), into.size());
        std::copy_n(again.begin(), count, into.begin());
        given_ += count;
        auto more = inner().read(into.subspan(count));
        if (!more) return more;
        return ReadOutcome{count + more->bytes, false};  // the end is told again
    }

  private:
    First first_;
    std::size_t given_ = 0;
};

}  // namespace gantry::cs

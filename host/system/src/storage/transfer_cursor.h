#pragma once

#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace gantry::host::storage {

// Goes through a list of buffers as a vectored call takes them, which may be any number of bytes at
// a time. `Buffer` is a span of bytes.
template <class Buffer>
class TransferCursor {
  public:
    static constexpr std::size_t kMost = 64;  // buffers of one system call

    explicit TransferCursor(std::span<const Buffer> buffers) : rest_(buffers) { skip_empty(); }

    bool done() const noexcept { return rest_.empty(); }
    // The next buffers, in the form of a system call. Valid until the next call.
    std::span<const iovec> window() {
        std::size_t count = 0;
        for (; count < std::min(rest_.size(), kMost); ++count) {
            const Buffer part = count == 0 ? rest_[0].subspan(taken_) : rest_[count];
            window_[count] = {const_cast<void*>(static_cast<const void*>(part.data())),
                              part.size()};
        }
        return std::span(window_).first(count);
    }
    void advance(std::size_t bytes) {
        while (bytes > 0) {
            const std::size_t step = std::min(bytes, rest_[0].size() - taken_);
            taken_ += step;
            bytes -= step;
            skip_empty();
        }
    }

  private:
    void skip_empty() {
        while (!rest_.empty() && taken_ == rest_[0].size()) {
            rest_ = rest_.subspan(1);
            taken_ = 0;
        }
    }

    std::span<const Buffer> rest_;
    std::size_t taken_ = 0;  // of the first one
    std::array<iovec, kMost> window_{};
};

}  // namespace gantry::host::storage

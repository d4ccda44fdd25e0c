#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <cstddef>

namespace gantry {

// Holds a flow of bytes to a rate: says how many may pass now, and when the next may. What was not
// used is made up for within kSlack and lost beyond that, so that a pause is followed by no burst.
// Not thread-safe.
class Pacer {
  public:
    static constexpr Duration kSlack = std::chrono::milliseconds(50);

    // `rate` is at least 1.
    explicit Pacer(BytesPerSecond rate) : rate_(rate.value()) {}
    // 0: none before next(). At most what the rate allows in kSlack, and at least one byte.
    std::size_t allowed(TimePoint now) const noexcept;
    void passed(std::size_t bytes, TimePoint now) noexcept;
    TimePoint next() const noexcept { return next_; }

  private:
    std::uint64_t rate_;
    TimePoint next_{};
};

}  // namespace gantry

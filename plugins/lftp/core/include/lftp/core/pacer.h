#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

namespace gantry::lftp {

// Spreads packets over time, in trains: a train may leave at once, and the next is due when its
// bytes have had their time at the rate.
class Pacer {
  public:
    // A train that starts late may be followed this much sooner.
    static constexpr Duration kCatchUp = std::chrono::milliseconds(2);

    // How fast, and how long a train may be. A rate of 0 is no limit.
    void set(BytesPerSecond rate, ByteCount train) noexcept { rate_ = rate, train_ = train; }

    bool may_send(TimePoint now) const noexcept { return left_ > 0 || now >= due_; }
    TimePoint due() const noexcept { return left_ > 0 ? TimePoint::min() : due_; }
    void on_sent(std::uint64_t bytes, TimePoint now) noexcept;

  private:
    BytesPerSecond rate_{0};
    ByteCount train_{0};
    std::uint64_t left_ = 0;  // of the train that has begun
    TimePoint due_ = TimePoint::min();
};

}  // namespace gantry::lftp

#pragma once

#include <chrono>

namespace gantry {

// Tags the monotonic time line that a Clock tells. It never goes back and has no calendar meaning.
struct Monotonic {
    using rep = std::chrono::nanoseconds::rep;
    using period = std::chrono::nanoseconds::period;
    using duration = std::chrono::nanoseconds;
    using time_point = std::chrono::time_point<Monotonic>;
    static constexpr bool is_steady = true;
};

using TimePoint = Monotonic::time_point;
using WallTime = std::chrono::sys_time<std::chrono::nanoseconds>;

// The only source of time. Thread-safe. Cores take `now` as an argument and hold no Clock.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual TimePoint now() const noexcept = 0;
    // Civil time, which can jump: for logs and file times, never for time-outs.
    virtual WallTime wall() const noexcept = 0;
};

}  // namespace gantry

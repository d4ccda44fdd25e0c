#include <host/system/system_clock.h>

namespace gantry::host {

TimePoint SystemClock::now() const noexcept {
    return TimePoint(std::chrono::steady_clock::now().time_since_epoch());
}

WallTime SystemClock::wall() const noexcept { return std::chrono::system_clock::now(); }

}  // namespace gantry::host

#include <lftp/core/probe_timer.h>

#include <algorithm>

namespace gantry::lftp {

Duration ProbeTimer::backed_off(Duration timeout, Duration most) const noexcept {
    most = std::max(timeout, most);
    Duration out = timeout;
    for (unsigned i = 0; i < count_ && out < most; ++i) out *= 2;
    return std::min(out, most);
}

}  // namespace gantry::lftp

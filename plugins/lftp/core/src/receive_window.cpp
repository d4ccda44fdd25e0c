#include <lftp/core/receive_window.h>

#include <algorithm>

namespace gantry::lftp {

std::uint64_t ReceiveWindow::update(TimePoint now, Duration rtt, bool may_grow) noexcept {
    const bool fast = updated_at_ && now - *updated_at_ < kFastRounds * rtt;
    if (fast && may_grow) window_ = std::min(2 * window_, largest_);
    updated_at_ = now;
    extend();
    return limit_;
}

}  // namespace gantry::lftp

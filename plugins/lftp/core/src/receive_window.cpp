#include <lftp/core/receive_window.h>

#include <algorithm>

namespace gantry::lftp {

std::uint64_t ReceiveWindow::update(TimePoint now, Duration rtt, bool may_grow) noexcept {
    const Duration took = updated_at_ ? now - *updated_at_ : rtt;  // of the first nothing is known
    const std::uint64_t growth = took < rtt ? kFastestGrowth : kFastGrowth;
    if (took < kFastRounds * rtt && may_grow) window_ = std::min(growth * window_, largest_);
    updated_at_ = now;
    extend();
    return limit_;
}

bool ReceiveWindow::stretch(std::uint64_t highest) noexcept {
    if (window_ >= largest_ || limit_ - highest > window_ / 2) return false;
    window_ = std::min(kFastGrowth * window_, largest_);
    extend();
    return true;
}

}  // namespace gantry::lftp

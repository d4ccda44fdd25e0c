#include <lftp/core/reordering_window.h>

#include <algorithm>

namespace gantry::lftp {

void ReorderingWindow::on_spurious_loss() noexcept {
    seen_ = true;
    ++quarters_;
    persist_ = kPersist;
}

void ReorderingWindow::on_recovery() noexcept {
    if (persist_ > 0 && --persist_ == 0) quarters_ = 1;
}

Duration ReorderingWindow::window(Duration rtt_minimum, Duration rtt_smoothed) const noexcept {
    return std::min(quarters_ * (rtt_minimum / 4), rtt_smoothed);
}

}  // namespace gantry::lftp

#include <lftp/core/congestion/bbr/bbr_window.h>

namespace gantry::lftp {

void BbrWindow::on_sent(std::uint64_t in_flight) noexcept {
    limits_ = limits_ || saturating_add(in_flight, datagram_) > window_;
}

void BbrWindow::on_round() noexcept {
    limited_last_ = limits_;
    limits_ = false;
}

std::uint64_t BbrWindow::quantized(std::uint64_t inflight, BbrState state,
                                   std::uint64_t train) const noexcept {
    const auto least = std::max({inflight, train, minimum()});
    return state == BbrState::kUp ? saturating_add(least, 2 * datagram_) : least;
}

// A sender whose window held it back needs more, also where it lacked data a moment before.
// Before the pipe is full, what arrives is added often enough for the window to grow by its gain.
void BbrWindow::on_ack(const AckSample& ack, const PathModel& path, BbrState state,
                       const BbrGains& gains, bool full, std::uint64_t train) noexcept {
    const auto wanted =
        saturating_add(path.bdp(gains.window, initial()), path.aggregation().extra());
    const auto most = quantized(wanted, state, train);
    if (full)
        window_ = std::min(saturating_add(window_, ack.bytes), most);
    else if ((limits() || !ack.rate.app_limited) &&
             (window_ < most || ack.rate.total_delivered < initial()))
        window_ = saturating_add(window_, scaled(ack.bytes, std::max(gains.window - 1.0, 1.0)));
    window_ = std::clamp(window_, minimum(), kLargestWindow);
    if (state == BbrState::kProbeRtt) window_ = std::min(window_, probe_rtt_window(path));
    bound(path, state);
}

std::uint64_t BbrWindow::probe_rtt_window(const PathModel& path) const noexcept {
    return std::max(path.bdp(gains_of(BbrState::kProbeRtt).window, initial()), minimum());
}

void BbrWindow::bound(const PathModel& path, BbrState state) noexcept {
    std::uint64_t cap = path.inflight().short_term();
    if (state == BbrState::kCruise || state == BbrState::kProbeRtt)
        cap = std::min(cap, path.inflight().with_headroom());
    else if (in_probe_bw(state))
        cap = std::min(cap, path.inflight().long_term());
    window_ = std::min(window_, std::max(cap, minimum()));
}

void BbrWindow::set_datagram(std::uint64_t datagram) noexcept {
    datagram_ = datagram;
    window_ = std::max(window_, minimum());
}

}  // namespace gantry::lftp

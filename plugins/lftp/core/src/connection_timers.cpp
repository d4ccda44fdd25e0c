#include <lftp/core/connection_timers.h>

#include <algorithm>
#include <utility>

namespace gantry::lftp {

void ConnectionTimers::set_idle(Duration ours, Duration peers) noexcept {
    idle_ = std::min(ours, peers);
    if (idle_ == Duration(0)) idle_ = std::max(ours, peers);
}

void ConnectionTimers::on_received(TimePoint now) noexcept {
    active_at_ = now;
    sent_since_ = reminded_ = false;
}

void ConnectionTimers::on_sent(TimePoint now) noexcept {
    if (!std::exchange(sent_since_, true)) active_at_ = now;
}

void ConnectionTimers::linger(TimePoint until) noexcept {
    lingering_ = until;
    handshake_ = TimePoint::max();
    idle_ = Duration(0);
    keeps_alive_ = false;
}

TimePoint ConnectionTimers::idle_at(Duration probe_timeout) const noexcept {
    if (idle_ == Duration(0)) return TimePoint::max();
    return active_at_ + std::max(idle_, 3 * probe_timeout);
}

TimePoint ConnectionTimers::keep_alive_at() const noexcept {
    if (!keeps_alive_ || reminded_) return TimePoint::max();
    return active_at_ + limits::kKeepAlive;
}

TimePoint ConnectionTimers::next(Duration probe_timeout) const noexcept {
    return std::min({handshake_, lingering_, idle_at(probe_timeout), keep_alive_at()});
}

ConnectionTimers::Expired ConnectionTimers::expire(TimePoint now, Duration probe_timeout) noexcept {
    if (lingering_ <= now) return Expired::lingering;
    if (idle_at(probe_timeout) <= now) return Expired::idle;
    if (handshake_ <= now) return Expired::handshake;
    if (keep_alive_at() > now) return Expired::nothing;
    reminded_ = true;
    return Expired::keep_alive;
}

}  // namespace gantry::lftp

#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>
#include <lftp/core/limits.h>

namespace gantry::lftp {

// The slow clocks of a connection: how long a handshake may take, silence, keep-alive, and the time
// that a connection lingers after its end.
class ConnectionTimers {
  public:
    enum class Expired : std::uint8_t { nothing, handshake, idle, keep_alive, lingering };

    ConnectionTimers(TimePoint now, bool keeps_alive) noexcept
        : handshake_(now + limits::kHandshakeTimeout), active_at_(now), keeps_alive_(keeps_alive) {}

    // The smaller of what both sides said, where 0 is none.
    void set_idle(Duration ours, Duration peers) noexcept;
    void on_confirmed() noexcept { handshake_ = TimePoint::max(); }
    // A packet was opened.
    void on_received(TimePoint now) noexcept;
    // A packet that counts goes out: silence begins anew with the first since one came.
    void on_sent(TimePoint now) noexcept;
    // It is over; it lingers until then.
    void linger(TimePoint until) noexcept;

    // `probe_timeout`: silence is at least three of them.
    TimePoint next(Duration probe_timeout) const noexcept;
    // What has expired, if anything. A keep-alive is told once until something is received.
    Expired expire(TimePoint now, Duration probe_timeout) noexcept;

  private:
    TimePoint idle_at(Duration probe_timeout) const noexcept;
    TimePoint keep_alive_at() const noexcept;

    TimePoint handshake_;
    TimePoint lingering_ = TimePoint::max();
    TimePoint active_at_;
    Duration idle_ = limits::kIdleTimeout;
    bool keeps_alive_;
    bool sent_since_ = false;
    bool reminded_ = false;
};

}  // namespace gantry::lftp

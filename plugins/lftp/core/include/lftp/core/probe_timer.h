#pragma once

#include <gantry/core/units.h>
#include <lftp/core/limits.h>

namespace gantry::lftp {

// When to probe for acknowledgements that do not come (docs/protocols/rudp.md section 6, "Probes";
// RFC 9002 section 6.2), and how often in a row that was needed.
class ProbeTimer {
  public:
    // `timeout`: the plain one. Doubled for each probe in a row, up to `most` or the plain one.
    Duration backed_off(Duration timeout, Duration most = limits::kMaxProbeTimeout) const noexcept;
    void on_expired() noexcept { ++count_; }
    void on_progress() noexcept { count_ = 0; }
    unsigned count() const noexcept { return count_; }

  private:
    unsigned count_ = 0;
};

}  // namespace gantry::lftp

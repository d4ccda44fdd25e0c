#pragma once

#include <gantry/core/units.h>

namespace gantry::lftp {

// When to probe for acknowledgements that do not come (docs/protocols/rudp.md section 6, "Probes";
// RFC 9002 section 6.2), and how often in a row that was needed.
class ProbeTimer {
  public:
    // `timeout`: the plain one. Doubled for each probe in a row, up to limits::kMaxProbeTimeout.
    Duration backed_off(Duration timeout) const noexcept;
    void on_expired() noexcept { ++count_; }
    void on_progress() noexcept { count_ = 0; }
    unsigned count() const noexcept { return count_; }

  private:
    unsigned count_ = 0;
};

}  // namespace gantry::lftp

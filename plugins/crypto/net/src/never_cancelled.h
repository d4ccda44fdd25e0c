#pragma once

#include <gantry/job/job.h>

namespace gantry::crypto {

// For files that are small; a pipe that stays silent is the caller's own.
class NeverCancelled : public CancelToken {
  public:
    bool cancel_requested() const noexcept override { return false; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return false; }
};

}  // namespace gantry::crypto

#pragma once

#include <gantry/job/job.h>

#include <atomic>

namespace gantry::testing {

// A wish to cancel that is asked for after so many looks at it, or never.
class Wish : public CancelToken {
  public:
    explicit Wish(int looks = 1'000'000'000) : left_(looks) {}
    bool cancel_requested() const noexcept override { return left_-- <= 0; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return cancel_requested(); }

  private:
    mutable std::atomic<int> left_;
};

}  // namespace gantry::testing

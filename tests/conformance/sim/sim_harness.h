#pragma once

#include <gantry/testing/virtual_loop.h>
#include <support/conformance/harness.h>

namespace gantry::testing::conformance {

// A loop on virtual time, alone on its clock.
class SimLoopHarness : public LoopHarness {
  public:
    EventLoop& loop() override { return loop_; }
    bool run_until(const std::function<bool()>& done, Duration limit) override {
        return loop_.run_until(done, limit);
    }
    std::size_t faults() const override { return loop_.errors().size(); }

  private:
    VirtualClock clock_;
    VirtualLoop loop_{clock_};
};

}  // namespace gantry::testing::conformance

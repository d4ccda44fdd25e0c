#pragma once

#include <host/system/asio_loop.h>
#include <support/conformance/harness.h>

namespace gantry::host {

// The real loop, driven by the test's own thread.
template <class Base = testing::conformance::LoopHarness>
class RealLoopHarness : public Base {
  public:
    RealLoopHarness() {
        loop_.set_fault_handler([this](const Error&) { ++faults_; });
    }
    EventLoop& loop() override { return loop_; }
    bool run_until(const std::function<bool()>& done, Duration limit) override {
        const TimePoint end = loop_.now() + limit;
        while (!done()) {
            const Duration left = end - loop_.now();
            if (left <= Duration::zero()) return false;
            loop_.run_once(left);
        }
        return true;
    }
    std::size_t faults() const override { return faults_; }
    AsioLoop& real_loop() { return loop_; }

  private:
    AsioLoop loop_;
    std::size_t faults_ = 0;
};

}  // namespace gantry::host

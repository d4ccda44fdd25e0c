#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/units.h>

#include <functional>
#include <memory>

namespace gantry::testing {

namespace detail {
class VirtualQueue;
}

// Time that stands still until a test moves it. Every VirtualLoop on one clock shares its one queue
// of timers and posted tasks, so a whole network of loops runs on one thread in one order that
// depends on nothing but the program: two runs do the same things at the same times.
//
// Driven by one thread at a time; now(), wall() and the loops' post() are for any thread.
class VirtualClock final : public Clock {
  public:
    VirtualClock();
    ~VirtualClock() override;
    VirtualClock(const VirtualClock&) = delete;
    VirtualClock& operator=(const VirtualClock&) = delete;

    TimePoint now() const noexcept override;
    // Starts at 2030-01-01 and goes with now(), plus what jump_wall() added.
    WallTime wall() const noexcept override;
    void jump_wall(Duration by) noexcept;
    // Moves time on and runs nothing: for cores, which take the time as an argument.
    void advance(Duration by) noexcept;

    // Runs what is due now, and what that makes due now, on all loops. Time stands still.
    void run_ready();
    // Runs all that falls due in the next `duration`; time is that much later afterwards.
    void run_for(Duration duration);
    // Runs until `done` answers true (asked before the start and after every callback) or `limit`
    // of virtual time is over. Answers done(). When nothing is left to run, time goes to the limit.
    bool run_until(const std::function<bool()>& done, Duration limit);

    // Whether the caller is on the thread that drives the clock.
    bool is_driven_here() const noexcept;

    // A callback that keeps its loop busy without end would keep time still; after this many
    // callbacks at one instant time goes on all the same, in growing steps.
    static constexpr std::size_t kMaxCallbacksPerInstant = 1'000'000;

    // While one lives, another thread works for this test: an idle clock waits up to `grace` of
    // real time for that thread to post before virtual time goes on. The order of events then
    // depends on that thread, as it does in life.
    class OutsideWork {
      public:
        OutsideWork(VirtualClock& clock, Duration grace);
        ~OutsideWork();
        OutsideWork(const OutsideWork&) = delete;
        OutsideWork& operator=(const OutsideWork&) = delete;

      private:
        std::shared_ptr<detail::VirtualQueue> queue_;
        Duration grace_;
    };
    // Such a thread waits for something that happens in virtual time, so nobody waits for it; or,
    // said by whoever wakes it, it works again. Any thread.
    void outside_rests();
    void outside_resumes();

  private:
    friend class VirtualLoop;
    std::shared_ptr<detail::VirtualQueue> queue_;
};

}  // namespace gantry::testing

#pragma once

#include <gantry/core/error.h>
#include <gantry/core/units.h>
#include <host/loader/command_call.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace gantry::host {

// The commands of one plugin that run. Thread-safe.
class RunningCalls {
  public:
    // Whether one more call would be taken in. busy: loader_limits::kRunningCommands run. closed:
    // after close().
    Result<void> admit() const;
    Result<void> add(std::shared_ptr<CallState> call);
    void remove(const CallState& call);
    // From now on no call is taken in.
    void close();
    // Whether none is left within `limit`.
    bool wait_for_none(Duration limit);
    // Ends all that are left with this error; answers how many there were.
    std::size_t end_all(const Error& error);
    std::size_t size() const;

  private:
    Result<void> check() const;  // with the lock held

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::shared_ptr<CallState>> calls_;
    bool closed_ = false;
};

}  // namespace gantry::host

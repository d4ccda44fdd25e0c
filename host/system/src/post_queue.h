#pragma once

#include <gantry/core/callback.h>

#include <mutex>
#include <vector>

#include "fault_sink.h"

namespace gantry::host {

// Tasks from any thread for one loop, in order.
class PostQueue {
  public:
    // Whether the loop must be woken: the queue was empty. A closed queue destroys the task.
    bool push(Task task);
    // Runs what is queued now; what those tasks post stays for the next call.
    void run(const FaultSink& faults);
    // Takes no more from now on; whether it was open before.
    bool close();
    // Closed, and nothing is left to run.
    bool finished() const;
    // Destroys what is left.
    void clear();

  private:
    std::vector<Task> take();

    mutable std::mutex mutex_;
    std::vector<Task> waiting_;
    std::vector<Task> spare_;  // loop thread only: the memory of the last batch
    bool closed_ = false;
};

}  // namespace gantry::host

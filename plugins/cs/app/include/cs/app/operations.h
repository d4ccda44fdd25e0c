#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/error.h>
#include <gantry/core/units.h>

#include <map>
#include <memory>

namespace gantry::cs {

// How a command ends that a person cancelled.
inline Error cancelled_error() { return make_error(ErrorCode::cancelled, "cs", "cancelled"); }

// A command that is running. Loop thread only.
class Operation {
  public:
    virtual ~Operation() = default;
    virtual void start() = 0;
    // Ends it soon: it finishes its call and removes itself.
    virtual void cancel() = 0;
    // The same, within `limit`, also when it was cancelled before.
    virtual void cancel_within(Duration limit) {
        (void)limit;
        cancel();
    }
};

// The commands that are running, kept alive until they are over. Loop thread only.
class Operations {
  public:
    void start(std::shared_ptr<Operation> operation);
    void remove(Operation& operation);  // its last act
    // Cancels all, takes no more, and calls `done` when none is left, by `limit`.
    void stop(Duration limit, Task done);
    bool stopping() const noexcept { return stopping_; }
    std::size_t running() const noexcept { return running_.size(); }

  private:
    std::map<Operation*, std::shared_ptr<Operation>> running_;
    bool stopping_ = false;
    Duration limit_{};
    Task done_;
};

}  // namespace gantry::cs

#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/registration.h>
#include <gantry/core/units.h>
#include <gantry/core/value.h>
#include <gantry/job/event.h>
#include <gantry/net/event_loop.h>

#include <memory>
#include <optional>
#include <string>

namespace gantry {

enum class JobState : std::uint8_t { running, cancelling, succeeded, failed, cancelled };

// Asks a piece of work to stop. Thread-safe.
class CancelToken {
  public:
    virtual ~CancelToken() = default;
    virtual bool cancel_requested() const noexcept = 0;
    // Runs `task` once, on `loop`, when cancellation is asked for (in a later turn if it already
    // was). Dropping the Registration takes it back.
    virtual Registration on_cancel(EventLoop& loop, Task task) = 0;
    // Blocks up to `limit`, and answers true at once when cancellation is asked for. For blocking
    // handlers only.
    virtual bool wait_for_cancel(Duration limit) = 0;
};

// One piece of work that a person can watch and cancel, as seen by the one who does it. The rate
// and the time left are computed by the host from progress(). Thread-safe and cheap: call
// progress() as often as it changes.
class Job : public CancelToken {
  public:
    virtual JobId id() const noexcept = 0;
    virtual void set_title(std::string title) = 0;
    virtual void set_total(ByteCount total) = 0;  // not called: the end is not known
    virtual void progress(ByteCount done) = 0;    // the whole so far, not the step
    virtual void emit(Event event) = 0;
    // A part of this job with a line of its own, such as one file of several. It is cancelled with
    // its parent, and ended by finish() or, as failed, by being destroyed.
    virtual std::unique_ptr<Job> child(std::string title) = 0;
    // Ends a child. The job of a command is ended by CommandCall::finish instead.
    virtual void finish(Result<void> outcome) = 0;
};

}  // namespace gantry

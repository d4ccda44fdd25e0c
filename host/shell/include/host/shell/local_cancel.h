#pragma once

#include <gantry/job/job.h>

#include <memory>

namespace gantry::host {

// A cancel token of the shell's own: what Ctrl-C asks of a command in the foreground, and `cancel`
// of one behind it. Thread-safe.
class LocalCancel final : public CancelToken {
  public:
    LocalCancel();
    ~LocalCancel() override;
    void request();
    // Runs `hook` once, on the thread that asks; at once when it was asked for already.
    Registration on_request(Task hook);

    bool cancel_requested() const noexcept override;
    Registration on_cancel(EventLoop& loop, Task task) override;
    bool wait_for_cancel(Duration limit) override;

  private:
    struct State;
    class Hook;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::host

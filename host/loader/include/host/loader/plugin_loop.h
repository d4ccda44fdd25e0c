#pragma once

#include <host/loader/ledger.h>
#include <host/runtime/error_sink.h>
#include <host/system/loop_thread.h>

#include <atomic>
#include <memory>
#include <string>

namespace gantry::host {

// A loop on a thread of its own, as one plugin sees it: its timers and watches are in a ledger, so
// that the host can take them back. After close() it is inert: what is posted is destroyed, timers
// never fire, nothing can be watched. So what a plugin forgot to destroy does no harm later on.
class PluginLoop final : public EventLoop {
  public:
    // `faults` is told what callbacks threw, on the loop's thread. limit: the system has no thread
    // to give.
    static Result<std::unique_ptr<PluginLoop>> start(const std::string& thread_name,
                                                     ErrorSink faults);
    ~PluginLoop() override;  // end()

    // Runs the task on the loop and waits for its end; also when it is closed. Answers what the
    // task threw. closed: it did not run, as the loop has ended.
    Result<void> run_and_wait(Task task);
    // Lets what was posted run, sweeps timers and watches on the loop's thread, and closes. Answers
    // how many there were. Not from the loop's own thread.
    std::size_t close();
    // Closes, joins the thread and destroys what did not run.
    void end();
    void count(Ledger::Counts& into) const { ledger_->count(into); }

    TimePoint now() const noexcept override;  // stands still after end()
    bool on_loop_thread() const noexcept override;
    void post(Task task) override;
    std::unique_ptr<Timer> make_timer(Task task) override;
    Result<std::unique_ptr<Watch>> watch(int fd, Interest interest,
                                         Callback<Readiness> ready) override;

  private:
    explicit PluginLoop(std::unique_ptr<LoopThread> thread);

    std::unique_ptr<LoopThread> inner_;  // null after end()
    std::shared_ptr<Ledger> ledger_;
    std::atomic<bool> closed_{false};
    TimePoint ended_at_{};
};

}  // namespace gantry::host

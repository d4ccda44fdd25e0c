#pragma once

#include <gantry/core/clock.h>
#include <host/runtime/command_request.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace gantry::host {

// One run of a command, shared by the call that the plugin holds and by the host. It tells the
// outcome once: by finish(), when the call is destroyed without it, when the handler throws, or
// when the plugin goes. Thread-safe.
//
// The request's references live until `finished` was called, so whoever uses one is counted, and
// the outcome is told when nobody does.
class CallState : public std::enable_shared_from_this<CallState> {
  public:
    // `session` is the plugin's own, kept until the call is destroyed. `ended` is called after
    // `finished`, once.
    CallState(CommandRequest request, std::unique_ptr<Job> job, const Clock& clock,
              std::shared_ptr<Session> session, std::function<void(const CallState&)> ended);
    ~CallState();

    // The plugin's end. Called once.
    static std::unique_ptr<CommandCall> make_call(const std::shared_ptr<CallState>& state);
    void end(std::optional<Error> error, Value result);
    // Ends it before it began: the job fails, and `finished` is not called.
    void refuse(const Error& error);
    // Brackets the handler, on its thread: a call that is destroyed in between is judged by what
    // the handler threw.
    void handler_begins();
    void handler_ends(const Result<void>& outcome);
    const std::string& name() const noexcept { return request_.name; }

  private:
    class Call;
    class GatedOutput;
    class GatedInput;
    class Use;
    void dropped();
    bool enter();
    void leave();
    void tell();

    CommandRequest request_;
    std::unique_ptr<Job> job_;
    const Clock& clock_;
    const TimePoint started_;
    std::shared_ptr<Session> session_;
    std::function<void(const CallState&)> ended_;

    std::mutex mutex_;
    std::optional<CommandOutcome> outcome_;
    bool told_ = false;
    std::size_t users_ = 0;
    std::optional<std::thread::id> handler_;
    bool abandoned_ = false;
};

}  // namespace gantry::host

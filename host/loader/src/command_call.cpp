#include <host/loader/command_call.h>

#include <filesystem>

#include "gated_io.h"

namespace gantry::host {

CallState::CallState(CommandRequest request, std::unique_ptr<Job> job, const Clock& clock,
                     std::shared_ptr<Session> session, std::function<void(const CallState&)> ended)
    : request_(std::move(request)),
      job_(std::move(job)),
      clock_(clock),
      started_(clock.now()),
      session_(std::move(session)),
      ended_(std::move(ended)) {}

CallState::~CallState() = default;

// What the plugin holds. After the end everything in it still works and does nothing.
class CallState::Call final : public CommandCall {
  public:
    explicit Call(std::shared_ptr<CallState> state)
        : state_(std::move(state)),
          out_(*state_, state_->request_.json ? nullptr : &state_->request_.out),
          messages_(*state_, &state_->request_.messages),
          in_(*state_, state_->request_.in) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() override { state_->dropped(); }

    const Arguments& arguments() const noexcept override { return state_->request_.arguments; }
    Output& out() noexcept override { return out_; }
    Output& messages() noexcept override { return messages_; }
    Input& in() noexcept override { return in_; }
    Job& job() noexcept override { return *state_->job_; }
    Session* session() noexcept override { return state_->session_.get(); }
    std::string local_path(std::string_view typed) const override {
        return (std::filesystem::path(state_->request_.folder) / typed).lexically_normal().string();
    }
    bool json() const noexcept override { return state_->request_.json; }
    bool foreground() const noexcept override { return state_->request_.foreground; }
    void announce_listening(std::string_view name, const Endpoint& at) override {
        const Use use(*state_);
        if (use) (void)state_->request_.listening(std::string(name), at);
    }
    Result<void> add_items(std::string_view name, const Value::Array& items) override {
        return tell(state_->request_.add_items, name, items);
    }
    Result<void> report(std::string_view event, const Value& fields) override {
        return tell(state_->request_.report, event, fields);
    }
    void finish(Result<Value> result) override {
        if (result)
            state_->end(std::nullopt, std::move(*result));
        else
            state_->end(std::move(result).error(), Value::object());
    }
    void fail(Error error, Value fields) override {
        state_->end(std::move(error), std::move(fields));
    }

  private:
    template <class Tell, class What>
    Result<void> tell(const Tell& teller, std::string_view name, const What& what) {
        const Use use(*state_);
        if (!use) return make_error(ErrorCode::closed, "loader", "the command has ended");
        return state_->request_.json && teller ? teller(name, what) : Result<void>();
    }

    std::shared_ptr<CallState> state_;
    GatedOutput out_;
    GatedOutput messages_;
    GatedInput in_;
};

std::unique_ptr<CommandCall> CallState::make_call(const std::shared_ptr<CallState>& state) {
    return std::make_unique<Call>(state);
}

void CallState::end(std::optional<Error> error, Value result) {
    {
        std::lock_guard lock(mutex_);
        if (outcome_) return;
        outcome_ = CommandOutcome{std::move(error), std::move(result), clock_.now() - started_};
        if (users_ > 0) return;  // the last of them tells it
    }
    tell();
}

void CallState::tell() {
    {
        std::lock_guard lock(mutex_);
        if (std::exchange(told_, true)) return;
    }
    job_->finish(outcome_->error ? Result<void>(*outcome_->error) : Result<void>());
    // Out of the request first: what it holds may end with the call.
    auto finished = std::move(request_.finished);
    (void)finished(std::move(*outcome_));
    if (ended_) ended_(*this);
}

void CallState::refuse(const Error& error) {
    {
        std::lock_guard lock(mutex_);
        told_ = true;
        outcome_ = CommandOutcome{error, Value::object(), Duration::zero()};
    }
    job_->finish(error);
    if (ended_) ended_(*this);
}

void CallState::handler_begins() {
    std::lock_guard lock(mutex_);
    handler_ = std::this_thread::get_id();
}

void CallState::handler_ends(const Result<void>& outcome) {
    bool abandoned = false;
    {
        std::lock_guard lock(mutex_);
        handler_.reset();
        abandoned = abandoned_;
    }
    if (!outcome)
        end(outcome.error(), Value::object());
    else if (abandoned)
        dropped();
}

void CallState::dropped() {
    {
        std::lock_guard lock(mutex_);
        if (outcome_) return;
        if (handler_ == std::this_thread::get_id()) {
            abandoned_ = true;
            return;
        }
    }
    end(make_error(job_->cancel_requested() ? ErrorCode::cancelled : ErrorCode::other, "loader",
                   "the command " + request_.name + " ended without a result"),
        Value::object());
}

bool CallState::enter() {
    std::lock_guard lock(mutex_);
    if (outcome_) return false;
    ++users_;
    return true;
}

void CallState::leave() {
    {
        std::lock_guard lock(mutex_);
        if (--users_ > 0 || !outcome_) return;
    }
    tell();
}

}  // namespace gantry::host

#pragma once

#include "command_state.h"

#include <gantry/command/call.h>

#include <functional>
#include <memory>

namespace gantry::testing::detail {

// The plugin's end of one run of a command.
class TestCall final : public CommandCall {
  public:
    // `ended` runs when the call goes, on the thread that drops it.
    TestCall(std::shared_ptr<CommandState> state, std::unique_ptr<Job> job,
             std::function<void()> ended);
    ~TestCall() override;

    const Arguments& arguments() const noexcept override { return state_->arguments; }
    Output& out() noexcept override { return out_; }
    Output& messages() noexcept override { return messages_; }
    Input& in() noexcept override { return in_; }
    Job& job() noexcept override { return *job_; }
    Session* session() noexcept override { return state_->options.session; }
    std::string local_path(std::string_view typed) const override;
    bool json() const noexcept override { return state_->options.json; }
    bool foreground() const noexcept override { return state_->options.foreground; }
    void announce_listening(std::string_view name, const Endpoint& at) override;
    Result<void> add_items(std::string_view name, const Value::Array& items) override;
    Result<void> report(std::string_view event, const Value& fields) override;
    void finish(Result<Value> result) override;
    void fail(Error error, Value fields) override;

  private:
    class Text final : public Output {
      public:
        Text(CommandState& state, std::string CommandResult::*into, bool data)
            : state_(state), into_(into), data_(data) {}
        Result<void> write(std::string_view text) override;

      private:
        CommandState& state_;
        std::string CommandResult::*into_;
        bool data_;
    };
    class Typed final : public Input {
      public:
        explicit Typed(CommandState& state) : state_(state) {}
        Result<std::size_t> read(ByteSpan into) override;

      private:
        CommandState& state_;
    };

    std::shared_ptr<CommandState> state_;
    std::unique_ptr<Job> job_;
    std::function<void()> ended_;
    Text out_;
    Text messages_;
    Typed in_;
};

}  // namespace gantry::testing::detail

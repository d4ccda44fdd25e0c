#pragma once

#include <host/loader/command_call.h>

namespace gantry::host {

// Counts one use of the request's references; false when the command has ended.
class CallState::Use {
  public:
    explicit Use(CallState& state) : state_(state), entered_(state.enter()) {}
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() {
        if (entered_) state_.leave();
    }
    explicit operator bool() const noexcept { return entered_; }

  private:
    CallState& state_;
    bool entered_;
};

// Writes while the command runs. Without an output behind it, what is written is dropped.
class CallState::GatedOutput final : public Output {
  public:
    GatedOutput(CallState& state, Output* real) : state_(state), real_(real) {}
    Result<void> write(std::string_view text) override {
        const Use use(state_);
        if (!use) return make_error(ErrorCode::closed, "loader", "the command has ended");
        return real_ ? real_->write(text) : Result<void>();
    }

  private:
    CallState& state_;
    Output* real_;
};

class CallState::GatedInput final : public Input {
  public:
    GatedInput(CallState& state, Input& real) : state_(state), real_(real) {}
    Result<std::size_t> read(ByteSpan into) override {
        const Use use(state_);
        if (!use) return make_error(ErrorCode::closed, "loader", "the command has ended");
        return real_.read(into);
    }

  private:
    CallState& state_;
    Input& real_;
};

}  // namespace gantry::host

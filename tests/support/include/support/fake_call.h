#pragma once

#include <gantry/command/call.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <optional>
#include <string>

namespace gantry::testing {

class TextOutput : public Output {
  public:
    Result<void> write(std::string_view text) override {
        if (closed) return make_error(ErrorCode::closed, "test", "nobody reads");
        written += text;
        return {};
    }
    std::string written;
    bool closed = false;
};

class TextInput : public Input {
  public:
    Result<std::size_t> read(ByteSpan into) override {
        const auto count = std::min({into.size(), text.size() - used_, step});
        std::memcpy(into.data(), text.data() + used_, count);
        used_ += count;
        return count;
    }
    std::string text;
    std::size_t step = 3;  // bytes of one read

  private:
    std::size_t used_ = 0;
};

class FakeJob : public Job {
  public:
    JobId id() const noexcept override { return JobId(1); }
    void set_title(std::string) override {}
    void set_total(ByteCount bytes) override { total = bytes; }
    void progress(ByteCount bytes) override {
        done = bytes;
        if (bytes >= cancel_at) cancelled = true;
    }
    void emit(Event) override {}
    std::unique_ptr<Job> child(std::string) override { return nullptr; }
    void finish(Result<void>) override {}
    bool cancel_requested() const noexcept override { return cancelled; }
    Registration on_cancel(EventLoop&, Task) override { return {}; }
    bool wait_for_cancel(Duration) override { return cancelled; }

    std::optional<ByteCount> total;
    ByteCount done;
    ByteCount cancel_at{~std::uint64_t{0}};
    std::atomic<bool> cancelled = false;
};

// A call of a command that keeps all the command does with it.
class FakeCall : public CommandCall {
  public:
    explicit FakeCall(std::string root) : folder(std::move(root)) {}

    const Arguments& arguments() const noexcept override { return given; }
    Output& out() noexcept override { return output; }
    Output& messages() noexcept override { return words; }
    Input& in() noexcept override { return input; }
    Job& job() noexcept override { return work; }
    Session* session() noexcept override { return nullptr; }
    std::string local_path(std::string_view typed) const override {
        return typed.starts_with('/') ? std::string(typed) : folder + "/" + std::string(typed);
    }
    bool json() const noexcept override { return as_json; }
    bool foreground() const noexcept override { return waited_for; }
    void announce_listening(std::string_view, const Endpoint&) override {}
    Result<void> add_items(std::string_view, const Value::Array&) override { return {}; }
    Result<void> report(std::string_view, const Value&) override { return {}; }
    void finish(Result<Value> outcome) override {
        ++ends;
        if (outcome)
            result = std::move(outcome).value();
        else
            error = std::move(outcome).error();
    }
    void fail(Error problem, Value fields) override {
        ++ends;
        error = std::move(problem);
        result = std::move(fields);
    }

    std::string folder;
    bool as_json = false;
    bool waited_for = true;
    Arguments given;
    TextOutput output;
    TextOutput words;
    TextInput input;
    FakeJob work;
    int ends = 0;
    Value result;
    std::optional<Error> error;
};

}  // namespace gantry::testing

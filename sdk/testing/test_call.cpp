#include "test_call.h"

#include <algorithm>

namespace gantry::testing::detail {

TestCall::TestCall(std::shared_ptr<CommandState> state, std::unique_ptr<Job> job,
                   std::function<void()> ended)
    : state_(std::move(state)),
      job_(std::move(job)),
      ended_(std::move(ended)),
      out_(*state_, &CommandResult::out, true),
      messages_(*state_, &CommandResult::messages, false),
      in_(*state_) {}

TestCall::~TestCall() {
    state_->drop();
    ended_();
}

Result<void> TestCall::Text::write(std::string_view text) {
    const std::lock_guard lock(state_.mutex);
    if (data_ && state_.options.json) return {};
    std::string& into = state_.so_far.*into_;
    if (data_ && into.size() + text.size() > state_.options.reader_leaves_after)
        return make_error(ErrorCode::closed, "testing", "the reader has gone");
    into += text;
    return {};
}

Result<std::size_t> TestCall::Typed::read(ByteSpan into) {
    const std::lock_guard lock(state_.mutex);
    const auto rest = as_bytes(state_.options.input).subspan(state_.input_read);
    const std::size_t count = std::min(rest.size(), into.size());
    std::copy_n(rest.begin(), count, into.begin());
    state_.input_read += count;
    return count;
}

std::string TestCall::local_path(std::string_view typed) const {
    if (typed.starts_with('/')) return std::string(typed);
    std::string path = state_->options.folder;
    if (typed.empty() || typed == ".") return path;
    if (!path.ends_with('/')) path += '/';
    return path.append(typed);
}

void TestCall::announce_listening(std::string_view name, const Endpoint& at) {
    const std::lock_guard lock(state_->mutex);
    state_->so_far.listening.push_back({std::string(name), at});
}

Result<void> TestCall::add_items(std::string_view name, const Value::Array& items) {
    const std::lock_guard lock(state_->mutex);
    if (!state_->options.json) return {};
    auto& streamed = state_->streamed;
    if (!streamed) streamed.emplace(name, Value::Array{});
    streamed->second.insert(streamed->second.end(), items.begin(), items.end());
    return {};
}

Result<void> TestCall::report(std::string_view event, const Value& fields) {
    const std::lock_guard lock(state_->mutex);
    if (state_->options.json) state_->so_far.reports.push_back({std::string(event), fields});
    return {};
}

void TestCall::finish(Result<Value> result) {
    if (result)
        state_->end(std::nullopt, std::move(result).value());
    else
        state_->end(std::move(result).error(), Value::object());
}

void TestCall::fail(Error error, Value fields) { state_->end(std::move(error), std::move(fields)); }

}  // namespace gantry::testing::detail

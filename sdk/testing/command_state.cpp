#include "command_state.h"

#include <algorithm>
#include <set>

namespace gantry::testing {

namespace detail {

void CommandState::end(std::optional<Error> error, Value value) {
    {
        const std::lock_guard lock(mutex);
        if (so_far.finished) return;
        so_far.finished = true;
        so_far.error = error;
        so_far.value = std::move(value);
        if (streamed) so_far.value.set(streamed->first, Value(std::move(streamed->second)));
        so_far.elapsed = clock.now() - started;
    }
    if (job.value() == 0) return;
    book->finish(job, error ? Result<void>(*error) : Result<void>());
}

void CommandState::drop() {
    {
        const std::lock_guard lock(mutex);
        dropped = !so_far.finished;
    }
    end(make_error(ErrorCode::other, "plugin", "the command was dropped unfinished"),
        Value::object());
}

void CommandState::replace_drop(Error error) {
    const std::lock_guard lock(mutex);
    if (dropped) so_far.error = std::move(error);
}

bool CommandState::finished() const {
    const std::lock_guard lock(mutex);
    return so_far.finished;
}

CommandResult CommandState::result() const {
    CommandResult answer;
    {
        const std::lock_guard lock(mutex);
        answer = so_far;
    }
    // A child's number is above its parent's, so one pass in order finds the whole family.
    std::set<JobId> family{job};
    for (const auto& other : book->jobs())
        if (other.parent.value() != 0 && family.contains(other.parent)) family.insert(other.id);
    for (auto& event : book->events())
        if (event.job.value() != 0 && family.contains(event.job))
            answer.events.push_back(std::move(event));
    return answer;
}

}  // namespace detail

bool TestCommand::finished() const { return state_->finished(); }

CommandResult TestCommand::result() const { return state_->result(); }

void TestCommand::cancel() {
    if (state_->job.value() != 0) state_->book->cancel(state_->job);
}

bool TestCommand::wait(Duration limit) {
    return state_->clock.run_until([this] { return finished(); }, limit);
}

Result<Endpoint> TestCommand::wait_until_listening(Duration limit) {
    const auto listens = [this] {
        const std::lock_guard lock(state_->mutex);
        return !state_->so_far.listening.empty();
    };
    state_->clock.run_until([&] { return listens() || finished(); }, limit);
    const auto answer = result();
    if (!answer.listening.empty()) return answer.listening.front().at;
    if (answer.error) return *answer.error;
    return make_error(ErrorCode::timeout, "testing", "the command does not listen");
}

}  // namespace gantry::testing

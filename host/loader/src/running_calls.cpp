#include <host/loader/limits.h>
#include <host/loader/running_calls.h>
#include <host/runtime/wait_limit.h>

#include <algorithm>

namespace gantry::host {

Result<void> RunningCalls::check() const {
    if (closed_) return make_error(ErrorCode::closed, "loader", "the plugin is being unloaded");
    if (calls_.size() >= loader_limits::kRunningCommands)
        return make_error(ErrorCode::busy, "loader",
                          std::to_string(calls_.size()) + " commands run already");
    return {};
}

Result<void> RunningCalls::admit() const {
    std::lock_guard lock(mutex_);
    return check();
}

Result<void> RunningCalls::add(std::shared_ptr<CallState> call) {
    std::lock_guard lock(mutex_);
    auto fits = check();
    if (fits) calls_.push_back(std::move(call));
    return fits;
}

void RunningCalls::remove(const CallState& call) {
    std::shared_ptr<CallState> gone;  // ends after the lock
    std::lock_guard lock(mutex_);
    const auto at = std::find_if(calls_.begin(), calls_.end(),
                                 [&](const auto& held) { return held.get() == &call; });
    if (at == calls_.end()) return;
    gone = std::move(*at);
    calls_.erase(at);
    changed_.notify_all();
}

void RunningCalls::close() {
    std::lock_guard lock(mutex_);
    closed_ = true;
}

bool RunningCalls::wait_for_none(Duration limit) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, wait_limit(limit), [this] { return calls_.empty(); });
}

std::size_t RunningCalls::end_all(const Error& error) {
    std::vector<std::shared_ptr<CallState>> left;
    {
        std::lock_guard lock(mutex_);
        left = calls_;
    }
    for (const auto& call : left) call->end(error, Value::object());
    return left.size();
}

std::size_t RunningCalls::size() const {
    std::lock_guard lock(mutex_);
    return calls_.size();
}

}  // namespace gantry::host

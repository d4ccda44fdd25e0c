#include <host/shell/local_cancel.h>

#include <condition_variable>
#include <map>
#include <mutex>

namespace gantry::host {

struct LocalCancel::State {
    std::mutex mutex;
    std::condition_variable asked;
    bool requested = false;
    std::size_t next = 0;
    std::map<std::size_t, Task> hooks;
};

class LocalCancel::Hook final : public RegistrationToken {
  public:
    Hook(std::shared_ptr<State> state, std::size_t key) : state_(std::move(state)), key_(key) {}
    ~Hook() override {
        Task dropped;  // destroyed after the lock is given back
        const std::lock_guard lock(state_->mutex);
        if (auto node = state_->hooks.extract(key_)) dropped = std::move(node.mapped());
    }

  private:
    std::shared_ptr<State> state_;
    std::size_t key_;
};

LocalCancel::LocalCancel() : state_(std::make_shared<State>()) {}
LocalCancel::~LocalCancel() = default;

void LocalCancel::request() {
    std::map<std::size_t, Task> hooks;
    {
        const std::lock_guard lock(state_->mutex);
        state_->requested = true;
        hooks.swap(state_->hooks);
    }
    state_->asked.notify_all();
    for (auto& [key, hook] : hooks) (void)hook();
}

Registration LocalCancel::on_request(Task hook) {
    {
        const std::lock_guard lock(state_->mutex);
        if (!state_->requested) {
            const auto key = state_->next++;
            state_->hooks.emplace(key, std::move(hook));
            return Registration(std::make_unique<Hook>(state_, key));
        }
    }
    (void)hook();
    return {};
}

bool LocalCancel::cancel_requested() const noexcept {
    const std::lock_guard lock(state_->mutex);
    return state_->requested;
}

Registration LocalCancel::on_cancel(EventLoop& loop, Task task) {
    return on_request([&loop, held = std::move(task)]() mutable { loop.post(std::move(held)); });
}

bool LocalCancel::wait_for_cancel(Duration limit) {
    std::unique_lock lock(state_->mutex);
    return state_->asked.wait_for(lock, limit, [&] { return state_->requested; });
}

}  // namespace gantry::host

#include "plugin_life.h"

#include <host/runtime/wait_limit.h>

namespace gantry::host {

void StopSignal::set() {
    std::lock_guard lock(mutex_);
    set_ = true;
    changed_.notify_all();
}

void StopSignal::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return set_; });
}

Result<void> PluginInstance::Life::start() {
    const auto refuse = [this](std::string message) {
        return make_error(ErrorCode::plugin, "loader", std::move(message),
                          context->manifest().name);
    };
    const auto opened = source->open();
    if (!opened) return opened.error();
    entry = *opened;
    if (entry->abi_major != GANTRY_ABI_MAJOR || entry->abi_minor > GANTRY_ABI_MINOR)
        return refuse("its entry has another ABI version than its descriptor");
    plugin = entry->create();
    if (!plugin) return refuse("its object could not be made");
    auto outcome = entry->start(*plugin, *context);
    if (!outcome) return refuse("it did not start: " + describe(outcome.error()));
    started = true;
    if (const auto missing = context->unbound_commands(); !missing.empty())
        return refuse("it did not bind the command " + missing.front() + " of its descriptor");
    return {};
}

void PluginInstance::Life::stop_plugin(Duration drain) {
    const auto stopped = std::make_shared<StopSignal>();
    context->main_loop().post([this, drain, stopped] {
        auto outcome = entry->stop(*plugin, drain, [stopped] { stopped->set(); });
        if (!outcome) {
            context->faults()(outcome.error());
            stopped->set();
        }
    });
    stopped->wait();
}

void PluginInstance::Life::take_down(Duration drain) {
    enter(Stage::stopping);
    if (started) stop_plugin(drain);
    enter(Stage::settling);
    wait_for(Stage::joining, Duration::max());
    drop_sessions();
    std::size_t swept = context->quiesce();
    enter(Stage::destroying);
    (void)context->main_loop().run_and_wait([this] {
        if (plugin) entry->destroy(std::exchange(plugin, nullptr));
    });
    enter(Stage::closing);
    swept += context->take_down();
    const auto kept = source->close();
    {
        std::lock_guard lock(mutex_);
        report.swept = swept;
        report.unmapped = !kept;
        report.retained_reason = kept.value_or("");
    }
    enter(Stage::gone);
}

void PluginInstance::Life::enter(Stage stage) {
    std::lock_guard lock(mutex_);
    stage_ = std::max(stage_, stage);
    changed_.notify_all();
}

Stage PluginInstance::Life::stage() const {
    std::lock_guard lock(mutex_);
    return stage_;
}

bool PluginInstance::Life::wait_for(Stage stage, Duration limit) const {
    const auto reached = [&] { return stage_ >= stage; };
    std::unique_lock lock(mutex_);
    if (limit == Duration::max()) {
        changed_.wait(lock, reached);
        return true;
    }
    return changed_.wait_for(lock, wait_limit(limit), reached);
}

bool PluginInstance::Life::add_session(const std::shared_ptr<SessionBox>& box) {
    std::lock_guard lock(mutex_);
    if (sessions_closed_) return false;
    std::erase_if(sessions_, [](const auto& held) { return held.expired(); });
    sessions_.push_back(box);
    return true;
}

void PluginInstance::Life::close_sessions() {
    std::vector<std::weak_ptr<SessionBox>> open;
    {
        std::lock_guard lock(mutex_);
        sessions_closed_ = true;
        open = sessions_;
    }
    for (const auto& held : open)
        if (const auto box = held.lock()) box->revoke();
}

void PluginInstance::Life::drop_sessions() {
    std::vector<std::weak_ptr<SessionBox>> open;
    {
        std::lock_guard lock(mutex_);
        open.swap(sessions_);
    }
    for (const auto& held : open)
        if (const auto box = held.lock()) box->drop();
}

}  // namespace gantry::host

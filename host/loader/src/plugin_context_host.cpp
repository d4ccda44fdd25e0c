#include <host/loader/plugin_context.h>

// The host's side of the context: what is bound, what is held, and its end.
namespace gantry::host {

PluginContext::Handler PluginContext::handler(std::string_view command) const {
    std::lock_guard lock(mutex_);
    const auto found = handlers_.find(command);
    return found == handlers_.end() ? nullptr : found->second;
}

SessionOpener* PluginContext::session_opener(std::string_view scheme) const {
    std::lock_guard lock(mutex_);
    const auto found = openers_.find(scheme);
    return found == openers_.end() ? nullptr : found->second;
}

std::vector<std::string> PluginContext::unbound_commands() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> missing;
    for (const auto& spec : manifest_.commands)
        if (!handlers_.contains(spec.name)) missing.push_back(spec.name);
    return missing;
}

std::vector<PluginLoop*> PluginContext::all_loops() const {
    std::lock_guard lock(mutex_);
    std::vector<PluginLoop*> all;
    for (const auto& loop : loops_) all.push_back(loop.get());
    return all;
}

Ledger::Counts PluginContext::counts() const {
    Ledger::Counts counts;
    ledger_->count(counts);
    for (const auto* loop : all_loops()) {
        loop->count(counts);
        ++counts["loop"];
        ++counts["thread"];
    }
    {
        std::lock_guard lock(mutex_);
        if (pool_) counts["thread"] += pool_->threads();
    }
    if (const auto running = threads_->running()) counts["thread"] += running;
    if (const auto jobs = runtime_->jobs().running(manifest_.name)) counts["job"] += jobs;
    return counts;
}

std::size_t PluginContext::quiesce() {
    threads_->join();
    ThreadPool* pool = nullptr;
    {
        std::lock_guard lock(mutex_);
        pool = pool_.get();
    }
    if (pool) pool->stop();
    std::size_t swept = 0;
    for (auto* loop : all_loops()) swept += loop->close();
    return swept;
}

std::size_t PluginContext::take_down() {
    // While the loops still run: after this nobody posts to them any more. And on the plugin's own
    // thread, as destroying its callbacks runs its code.
    std::size_t swept = 0;
    const auto loops = all_loops();
    (void)main_.run_and_wait([&] {
        swept += ledger_->sweep() + runtime_->jobs().abandon(manifest_.name);
        for (const auto* loop : loops) runtime_->jobs().forget_loop(*loop);
    });
    runtime_->services().withdraw(manifest_.name);
    for (auto* loop : loops) loop->end();
    return swept + ledger_->sweep();  // what their last turns left
}

}  // namespace gantry::host

#include <host/loader/limits.h>
#include <host/loader/plugin_instance.h>

#include <future>

#include "plugin_life.h"

namespace gantry::host {

PluginInstance::PluginInstance(std::shared_ptr<Life> life) : life_(std::move(life)) {}

Result<std::unique_ptr<PluginInstance>> PluginInstance::create(
    const Runtime& runtime, Manifest manifest, std::unique_ptr<PluginSource> source) {
    auto context = PluginContext::create(runtime, std::move(manifest));
    if (!context) return std::move(context).error();
    return std::unique_ptr<PluginInstance>(
        new PluginInstance(std::make_shared<Life>(std::move(*context), std::move(source))));
}

PluginInstance::~PluginInstance() {
    if (life_->stage() == Stage::running) stop(loader_limits::kJoin);
}

const Manifest& PluginInstance::manifest() const noexcept { return life_->context->manifest(); }
Context& PluginInstance::context() noexcept { return *life_->context; }

Ledger::Counts PluginInstance::counts() const {
    auto counts = life_->context->counts();
    if (const auto calls = life_->calls->size()) counts["call"] = calls;
    return counts;
}

Result<void> PluginInstance::start() {
    // Held by the task as well: a plugin that never comes back from its start outlives this call.
    auto promise = std::make_shared<std::promise<Result<void>>>();
    auto started = promise->get_future();
    life_->context->main_loop().post(
        [life = life_.get(), promise] { promise->set_value(life->start()); });
    Result<void> outcome =
        started.wait_for(loader_limits::kStart) == std::future_status::ready
            ? started.get()
            : make_error(ErrorCode::plugin, "loader",
                         "it did not start within " + format_duration(loader_limits::kStart),
                         manifest().name);
    if (outcome) return outcome;
    const auto report = stop(loader_limits::kJoin);
    if (!report.unmapped) outcome.error().message += "; it is retained: " + report.retained_reason;
    return outcome;
}

}  // namespace gantry::host

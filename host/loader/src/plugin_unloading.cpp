#include <algorithm>
#include <functional>
#include <set>

#include "plugin_manager_impl.h"

namespace gantry::host {

namespace {

std::string join(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

Error still_used(const std::string& name, const std::vector<ServiceUse>& uses) {
    std::vector<std::string> words;
    for (const auto& use : uses) words.push_back(use.consumer + " (" + use.service + ")");
    return make_error(ErrorCode::busy, "loader",
                      "the plugin " + name + " is still used by " + join(words) +
                          ", which did not let go when it was told");
}

}  // namespace

std::vector<std::string> PluginManager::Impl::dependents(const std::string& name,
                                                         bool optional) const {
    auto& services = runtime.services();
    std::set<std::string> found;
    for (const auto& instance : slots.all_running())
        for (const auto& need : instance->manifest().requires_services)
            if (services.provider_of({need.id, need.version}, need.instance) == name)
                found.insert(instance->manifest().name);
    for (const auto& use : services.uses_of(name))
        if (optional || !use.watched) found.insert(use.consumer);
    found.erase(name);
    found.erase("host");
    return {found.begin(), found.end()};
}

std::vector<std::string> PluginManager::Impl::order_to_go(const std::string& name,
                                                          bool optional) const {
    std::vector<std::string> order;
    std::set<std::string> seen;
    const std::function<void(const std::string&)> visit = [&](const std::string& at) {
        if (!seen.insert(at).second) return;
        for (const auto& dependent : dependents(at, optional)) visit(dependent);
        order.push_back(at);
    };
    visit(name);
    return order;
}

Result<UnloadReport> PluginManager::Impl::unload_one(const std::string& name, Duration drain) {
    const auto instance = slots.running(name);
    const auto before = runtime.clock().now();
    if (const auto uses = runtime.services().announce_leaving(name, drain); !uses.empty()) {
        runtime.services().announce_staying(name);
        return still_used(name, uses);
    }
    slots.set_stopping(name);
    auto stopped = instance->stop(drain);
    std::optional<Error> retained;
    if (!stopped.unmapped)
        retained = make_error(ErrorCode::plugin, "loader", stopped.retained_reason, name);
    slots.set_unloaded(name, retained);
    const UnloadReport report{name,
                              stopped.unmapped,
                              stopped.retained_reason,
                              stopped.cancelled_jobs,
                              stopped.swept,
                              runtime.clock().now() - before};
    Value fields = Value::object();
    fields.set("unmapped", report.unmapped);
    if (!report.unmapped) fields.set("reason", report.retained_reason);
    fields.set("seconds", to_seconds(report.elapsed));
    tell("plugin.unloaded", name, std::move(fields));
    return report;
}

Result<std::vector<UnloadReport>> PluginManager::unload(std::string_view which,
                                                        const UnloadOptions& options) {
    const std::string name(which);
    std::lock_guard lock(impl_->lifecycle);
    if (!impl_->slots.running(name))
        return make_error(ErrorCode::not_found, "loader", "the plugin " + name + " is not loaded");
    const auto order = impl_->order_to_go(name, false);
    if (order.size() > 1 && !options.recursive)
        return make_error(ErrorCode::busy, "loader",
                          "the plugin " + name + " is required by " +
                              join(impl_->dependents(name, false)) +
                              "; unload them first, or say --recursive");
    std::vector<UnloadReport> reports;
    for (const auto& next : order) {
        auto report = impl_->unload_one(next, options.drain);
        if (!report) return std::move(report).error();
        reports.push_back(std::move(*report));
    }
    return reports;
}

}  // namespace gantry::host

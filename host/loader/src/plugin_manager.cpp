#include <host/loader/limits.h>
#include <host/loader/plugin_manager.h>

#include <algorithm>

#include "plugin_manager_impl.h"

namespace gantry::host {

namespace fs = std::filesystem;

std::string_view plugin_state_name(PluginState state) noexcept {
    switch (state) {
        case PluginState::available:
            return "available";
        case PluginState::loaded:
            return "loaded";
        case PluginState::stopping:
            return "stopping";
        case PluginState::retained:
            return "retained";
        case PluginState::refused:
            return "refused";
    }
    return "unknown";
}

PluginManager::PluginManager(Runtime& runtime, std::vector<fs::path> folders)
    : impl_(std::make_unique<Impl>(runtime, std::move(folders))) {
    impl_->scan();
    runtime.services().set_advisor([impl = impl_.get()](ServiceKey key, std::string_view instance) {
        return impl->advice(key, instance);
    });
}

PluginManager::~PluginManager() {
    std::lock_guard lock(impl_->lifecycle);
    // Also those that use another by choice go before it: nothing can be refused here.
    for (const auto& instance : impl_->slots.all_running())
        for (const auto& name : impl_->order_to_go(instance->manifest().name, true))
            if (impl_->slots.running(name)) (void)impl_->unload_one(name, loader_limits::kExit);
    impl_->runtime.services().set_advisor({});
}

const std::vector<fs::path>& PluginManager::folders() const noexcept { return impl_->folders; }

std::vector<PluginInfo> PluginManager::list() const {
    std::vector<PluginInfo> list;
    for (const auto& slot : impl_->slots.all()) list.push_back(info_of(slot));
    return list;
}

Result<PluginInfo> PluginManager::info(std::string_view name) const {
    const auto slot = impl_->find_or_scan(std::string(name));
    if (!slot) return slot.error();
    return info_of(*slot);
}

std::optional<CommandSpec> PluginManager::find_command(std::string_view name) const {
    const auto plugin = impl_->slots.with_command(name);
    if (!plugin) return std::nullopt;
    const auto slot = impl_->slots.find(*plugin);
    for (const auto& spec : slot->entry.descriptor->manifest.commands)
        if (spec.name == name) return spec;
    return std::nullopt;
}

std::vector<CommandSpec> PluginManager::commands() const {
    std::vector<CommandSpec> all;
    for (const auto& slot : impl_->slots.all())
        if (slot.entry.descriptor)
            for (const auto& spec : slot.entry.descriptor->manifest.commands) all.push_back(spec);
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return all;
}

std::string PluginManager::group_for_scheme(std::string_view scheme) const {
    const auto plugin = impl_->slots.with_scheme(scheme);
    if (!plugin) return {};
    return impl_->slots.find(*plugin)->entry.descriptor->manifest.group;
}

Result<InstancePtr> PluginManager::Impl::running(const std::string& name) {
    if (auto instance = slots.running(name)) return instance;
    std::lock_guard lock(lifecycle);
    if (auto instance = slots.running(name)) return instance;
    if (auto loaded = load_named(name, {}); !loaded) return std::move(loaded).error();
    return slots.running(name);
}

Result<JobId> PluginManager::start(CommandRequest request) {
    const auto spec = find_command(request.name);
    if (!spec)
        return make_error(ErrorCode::not_found, "loader",
                          "no plugin has the command " + request.name);
    const auto instance = impl_->running(*impl_->slots.with_command(request.name));
    if (!instance) return instance.error();
    if (auto chosen = impl_->load_chosen((*instance)->manifest(), request.arguments); !chosen)
        return std::move(chosen).error();
    return (*instance)->start_command(std::move(request), *spec);
}

Result<std::unique_ptr<Session>> PluginManager::open_session(const std::string& url,
                                                             const Arguments& options,
                                                             CancelToken& cancel, Task revoked) {
    const std::string scheme = url.substr(0, std::min(url.find("://"), url.size()));
    const auto plugin = impl_->slots.with_scheme(scheme);
    if (!plugin)
        return make_error(ErrorCode::not_found, "loader",
                          "no plugin serves URLs of the scheme " + scheme, url);
    const auto instance = impl_->running(*plugin);
    if (!instance) return instance.error();
    if (auto chosen = impl_->load_chosen((*instance)->manifest(), options); !chosen)
        return std::move(chosen).error();
    return (*instance)->open_session(scheme, url, options, cancel, std::move(revoked));
}

Result<void> PluginManager::Impl::load_chosen(const Manifest& manifest,
                                              const Arguments& arguments) {
    for (const auto& need : manifest.optional_services) {
        if (need.instance.empty() || !arguments.says(need.instance)) continue;
        if (runtime.services().has({need.id, need.version}, need.instance)) continue;
        const auto provider = slots.that_provides(need);
        if (!provider) continue;  // the plugin will say what it lacks
        if (auto loaded = running(*provider); !loaded) return std::move(loaded).error();
    }
    return {};
}

std::string PluginManager::Impl::advice(ServiceKey key, std::string_view instance) const {
    const auto provider =
        slots.that_provides({std::string(key.id), key.version, std::string(instance)});
    return provider ? "the plugin " + *provider + " would; load it first" : std::string();
}

void PluginManager::Impl::tell(const char* type, const std::string& name, Value fields) {
    fields.set("plugin", name);
    runtime.events().publish("host", JobId(0), {type, 1, std::move(fields)});
}

}  // namespace gantry::host

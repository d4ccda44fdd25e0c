#include <gantry/command/parser.h>
#include <host/loader/generation.h>

#include <algorithm>

#include "plugin_manager_impl.h"

namespace gantry::host {

namespace {

Error cycle_error(const std::vector<std::string>& above, const std::string& name) {
    std::string chain;
    for (const auto& step : above) chain += step + " -> ";
    return make_error(ErrorCode::plugin, "loader",
                      "the plugins require one another: " + chain + name, name);
}

Error missing_provider(const Manifest& manifest, const ServiceNeed& need) {
    return make_error(ErrorCode::plugin, "loader",
                      "it needs the service " +
                          service_label({need.id, need.version}, need.instance) +
                          ", which no plugin on the path provides",
                      manifest.name);
}

}  // namespace

Result<PluginSlot> PluginManager::Impl::find_or_scan(const std::string& name) {
    auto slot = slots.find(name);
    if (!slot) {
        scan();
        slot = slots.find(name);
    }
    if (slot) return std::move(*slot);
    std::string message = "there is no plugin " + name + " on the path";
    const auto names = slots.names();
    if (const auto near = nearest(name, names); !near.empty())
        message += "; did you mean " + near + "?";
    return make_error(ErrorCode::not_found, "loader", std::move(message));
}

Result<void> PluginManager::Impl::load_named(const std::string& name,
                                             std::vector<std::string> above) {
    if (std::find(above.begin(), above.end(), name) != above.end()) return cycle_error(above, name);
    auto slot = find_or_scan(name);
    if (!slot) return std::move(slot).error();
    if (slot->instance)
        return make_error(ErrorCode::exists, "loader", "the plugin " + name + " is loaded already");
    above.push_back(name);
    return load_entry(slot->entry, above);
}

Result<void> PluginManager::Impl::load_entry(const CatalogEntry& entry,
                                             const std::vector<std::string>& above) {
    const auto before = runtime.clock().now();
    auto instance = map_and_start(entry, above);
    if (!instance) return std::move(instance).error();
    const auto took = runtime.clock().now() - before;
    const Manifest& manifest = (*instance)->manifest();
    Value fields = Value::object();
    fields.set("version", manifest.version);
    fields.set("file", entry.file.string());
    fields.set("seconds", to_seconds(took));
    const std::string name = manifest.name;
    slots.set_loaded(name, std::move(*instance), took);
    tell("plugin.loaded", name, std::move(fields));
    return {};
}

Result<void> PluginManager::Impl::load_providers(const Manifest& manifest,
                                                 const std::vector<std::string>& above) {
    for (const auto& need : manifest.requires_services) {
        if (runtime.services().has({need.id, need.version}, need.instance)) continue;
        const auto provider = slots.that_provides(need);
        if (!provider) return missing_provider(manifest, need);
        if (auto loaded = load_named(*provider, above); !loaded) return loaded;
    }
    return {};
}

// The descriptor is read again from the copy: the file may have changed since, and what is checked
// must be what is mapped.
Result<InstancePtr> PluginManager::Impl::map_and_start(const CatalogEntry& entry,
                                                       const std::vector<std::string>& above) {
    if (!copies) {
        auto made = PrivateFolder::create();
        if (!made) return std::move(made).error();
        copies = std::move(*made);
    }
    auto copy = copies->copy(entry.file);
    if (!copy) return std::move(copy).error();
    auto source = std::make_unique<Generation>(*copy);
    auto checked = read_entry(*copy);
    if (checked.problem) {
        checked.problem->context = entry.file.string();
        return std::move(*checked.problem);
    }
    if (checked.name != entry.name)
        return make_error(ErrorCode::plugin, "loader",
                          "it has become another plugin, " + checked.name, entry.file.string());
    Manifest manifest = std::move(checked.descriptor->manifest);
    if (auto provided = load_providers(manifest, above); !provided)
        return std::move(provided).error();
    auto instance = PluginInstance::create(runtime, std::move(manifest), std::move(source));
    if (!instance) return std::move(instance).error();
    if (auto started = (*instance)->start(); !started) return std::move(started).error();
    return InstancePtr(std::move(*instance));
}

Result<PluginInfo> PluginManager::load(const std::string& what) {
    std::lock_guard lock(impl_->lifecycle);
    std::string name = what;
    if (what.find('/') != std::string::npos || what.ends_with(".so")) {
        auto entry = read_entry(what);
        if (entry.problem) return std::move(*entry.problem);
        name = entry.name;
        impl_->slots.put(entry);
    }
    if (auto loaded = impl_->load_named(name, {}); !loaded) return std::move(loaded).error();
    return info(name);
}

}  // namespace gantry::host

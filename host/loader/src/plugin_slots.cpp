#include "plugin_slots.h"

#include <algorithm>

namespace gantry::host {

namespace {

bool in_use(const PluginSlot& slot) {
    return slot.state == PluginState::loaded || slot.state == PluginState::stopping;
}

void take_entry(PluginSlot& slot, CatalogEntry entry) {
    if (in_use(slot)) return;
    if (slot.state != PluginState::retained)
        slot.state = entry.problem ? PluginState::refused : PluginState::available;
    slot.entry = std::move(entry);
}

}  // namespace

void PluginSlots::merge(std::vector<CatalogEntry> entries) {
    std::lock_guard lock(mutex_);
    for (auto& entry : entries) {
        PluginSlot& slot = slots_[entry.name];  // before the name is moved
        take_entry(slot, std::move(entry));
    }
}

void PluginSlots::put(const CatalogEntry& entry) { merge({entry}); }

std::optional<PluginSlot> PluginSlots::find(std::string_view name) const {
    std::lock_guard lock(mutex_);
    const auto found = slots_.find(name);
    if (found == slots_.end()) return std::nullopt;
    return found->second;
}

std::vector<PluginSlot> PluginSlots::all() const {
    std::lock_guard lock(mutex_);
    std::vector<PluginSlot> all;
    for (const auto& [name, slot] : slots_) all.push_back(slot);
    return all;
}

InstancePtr PluginSlots::running(std::string_view name) const {
    std::lock_guard lock(mutex_);
    const auto found = slots_.find(name);
    return found == slots_.end() ? nullptr : found->second.instance;
}

std::vector<InstancePtr> PluginSlots::all_running() const {
    std::lock_guard lock(mutex_);
    std::vector<InstancePtr> all;
    for (const auto& [name, slot] : slots_)
        if (slot.instance) all.push_back(slot.instance);
    return all;
}

void PluginSlots::set_loaded(const std::string& name, InstancePtr instance, Duration took) {
    std::lock_guard lock(mutex_);
    PluginSlot& slot = slots_[name];
    slot.state = PluginState::loaded;
    slot.problem.reset();
    slot.instance = std::move(instance);
    slot.load_time = took;
}

void PluginSlots::set_stopping(const std::string& name) {
    std::lock_guard lock(mutex_);
    slots_[name].state = PluginState::stopping;
}

void PluginSlots::set_unloaded(const std::string& name, std::optional<Error> retained) {
    InstancePtr gone;  // ends after the lock
    std::lock_guard lock(mutex_);
    PluginSlot& slot = slots_[name];
    slot.state = retained ? PluginState::retained : PluginState::available;
    slot.problem = std::move(retained);
    gone = std::move(slot.instance);
    slot.load_time = {};
}

std::vector<std::string> PluginSlots::names() const {
    std::lock_guard lock(mutex_);
    std::vector<std::string> names;
    for (const auto& [name, slot] : slots_) names.push_back(name);
    return names;
}

template <class Match>
std::optional<std::string> PluginSlots::first(Match match) const {
    std::lock_guard lock(mutex_);
    for (const auto& [name, slot] : slots_)
        if (slot.entry.descriptor && match(slot.entry.descriptor->manifest)) return name;
    return std::nullopt;
}

std::optional<std::string> PluginSlots::with_command(std::string_view command) const {
    return first([&](const Manifest& manifest) {
        return std::any_of(manifest.commands.begin(), manifest.commands.end(),
                           [&](const CommandSpec& spec) { return spec.name == command; });
    });
}

std::optional<std::string> PluginSlots::with_scheme(std::string_view scheme) const {
    return first([&](const Manifest& manifest) {
        return std::find(manifest.schemes.begin(), manifest.schemes.end(), scheme) !=
               manifest.schemes.end();
    });
}

std::optional<std::string> PluginSlots::that_provides(const ServiceNeed& need) const {
    return first(
        [&](const Manifest& manifest) { return lists_service(manifest.provides_services, need); });
}

PluginInfo info_of(const PluginSlot& slot) {
    PluginInfo info{slot.entry.file,
                    slot.state,
                    slot.entry.descriptor,
                    slot.problem ? slot.problem : slot.entry.problem,
                    {},
                    slot.load_time};
    if (!slot.instance) return info;
    for (const auto& [kind, count] : slot.instance->counts()) info.ledger.push_back({kind, count});
    return info;
}

}  // namespace gantry::host

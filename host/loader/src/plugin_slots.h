#pragma once

#include <host/loader/catalog.h>
#include <host/loader/plugin_instance.h>
#include <host/loader/plugin_manager.h>

#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace gantry::host {

using InstancePtr = std::shared_ptr<PluginInstance>;

// What the manager knows of one plugin.
struct PluginSlot {
    CatalogEntry entry;
    PluginState state = PluginState::available;
    std::optional<Error> problem;  // why retained
    InstancePtr instance;          // while loaded or stopping
    Duration load_time{};
};

// The plugins by name. Thread-safe; what is answered is a copy.
class PluginSlots {
  public:
    // Adds what is new, and takes over what changed of plugins that are not loaded.
    void merge(std::vector<CatalogEntry> entries);
    void put(const CatalogEntry& entry);

    std::optional<PluginSlot> find(std::string_view name) const;
    std::vector<PluginSlot> all() const;               // by name
    InstancePtr running(std::string_view name) const;  // null: not loaded
    std::vector<InstancePtr> all_running() const;

    void set_loaded(const std::string& name, InstancePtr instance, Duration took);
    void set_stopping(const std::string& name);
    // `retained` has the reason when its code is still there.
    void set_unloaded(const std::string& name, std::optional<Error> retained);

    // The names of the plugins that have it, by name.
    std::vector<std::string> names() const;
    std::optional<std::string> with_command(std::string_view command) const;
    std::optional<std::string> with_scheme(std::string_view scheme) const;
    std::optional<std::string> that_provides(const ServiceNeed& need) const;

  private:
    template <class Match>
    std::optional<std::string> first(Match match) const;

    mutable std::mutex mutex_;
    std::map<std::string, PluginSlot, std::less<>> slots_;
};

PluginInfo info_of(const PluginSlot& slot);

}  // namespace gantry::host

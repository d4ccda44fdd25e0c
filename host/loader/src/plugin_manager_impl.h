#pragma once

#include <host/loader/private_folder.h>
#include <host/runtime/runtime.h>

#include "plugin_slots.h"

namespace gantry::host {

struct PluginManager::Impl {
    Impl(Runtime& r, std::vector<std::filesystem::path> f) : runtime(r), folders(std::move(f)) {}

    Runtime& runtime;
    const std::vector<std::filesystem::path> folders;
    PluginSlots slots;
    // Held over a load or an unload. The slots have a lock of their own, so that loaded plugins go
    // on being used meanwhile.
    std::mutex lifecycle;
    std::unique_ptr<PrivateFolder> copies;  // made by the first load

    void scan() { slots.merge(read_catalog(folders)); }
    // The running plugin, loaded first when need be.
    Result<InstancePtr> running(const std::string& name);
    // Loads the providers of what the plugin uses by choice and the command line chose: an option
    // says the service's instance, as `--over rudp` does.
    Result<void> load_chosen(const Manifest& manifest, const Arguments& arguments);

    // With `lifecycle` held. `above` are the plugins that wait for this one.
    Result<void> load_named(const std::string& name, std::vector<std::string> above);
    Result<void> load_entry(const CatalogEntry& entry, const std::vector<std::string>& above);
    Result<void> load_providers(const Manifest& manifest, const std::vector<std::string>& above);
    Result<InstancePtr> map_and_start(const CatalogEntry& entry,
                                      const std::vector<std::string>& above);
    Result<PluginSlot> find_or_scan(const std::string& name);

    // With `lifecycle` held. Who must go before `name`: those that require or use its services;
    // also those that use them by choice, with `optional`.
    std::vector<std::string> dependents(const std::string& name, bool optional) const;
    // `name` and all that must go before it, in the order to go.
    std::vector<std::string> order_to_go(const std::string& name, bool optional) const;
    Result<UnloadReport> unload_one(const std::string& name, Duration drain);

    std::string advice(ServiceKey key, std::string_view instance) const;
    void tell(const char* type, const std::string& name, Value fields);
};

}  // namespace gantry::host

#include <host/loader/plugin_services.h>

namespace gantry::host {

PluginServices::PluginServices(std::string plugin, ServiceRegistry& registry, EventLoop& loop,
                               Connector& connector, std::shared_ptr<Ledger> ledger)
    : plugin_(std::move(plugin)),
      registry_(registry),
      loop_(loop),
      tcp_(connector),
      ledger_(std::move(ledger)) {}

PluginServices::~PluginServices() = default;

Result<Registration> PluginServices::provide_raw(ServiceKey key, std::string_view instance,
                                                 void* service) {
    auto claim = registry_.provide(plugin_, key, instance, service);
    if (!claim) return claim;
    return ledger_->hold("service", std::move(*claim));
}

Result<Services::RawRef> PluginServices::require_raw(ServiceKey key, std::string_view instance) {
    auto ref = registry_.require(plugin_, key, instance);
    if (!ref) return ref;
    void* service = ref->service;
    if (key == Transport::key && instance == TcpTransport::kScheme &&
        registry_.provider_of(key, instance) == "host")
        service = static_cast<Transport*>(&tcp_);
    return RawRef{service, ledger_->hold("service use", std::move(ref->use))};
}

Registration PluginServices::observe_raw(ServiceKey key, std::string_view instance,
                                         Callback<ServiceChange> changed) {
    return ledger_->hold("service observer",
                         registry_.observe(plugin_, loop_, key, instance, std::move(changed)));
}

}  // namespace gantry::host

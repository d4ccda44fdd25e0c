#pragma once

#include <gantry/service/service.h>
#include <host/loader/ledger.h>
#include <host/runtime/service_registry.h>
#include <host/system/tcp_transport.h>

#include <memory>
#include <string>

namespace gantry::host {

// One plugin's door to the services of all: what passes through it is in the plugin's ledger.
class PluginServices final : public Services {
  public:
    // `registry`, `loop` and `connector`, the plugin's own, outlive it.
    PluginServices(std::string plugin, ServiceRegistry& registry, EventLoop& loop,
                   Connector& connector, std::shared_ptr<Ledger> ledger);
    ~PluginServices() override;

    Result<Registration> provide_raw(ServiceKey key, std::string_view instance,
                                     void* service) override;
    Result<RawRef> require_raw(ServiceKey key, std::string_view instance) override;
    Registration observe_raw(ServiceKey key, std::string_view instance,
                             Callback<ServiceChange> changed) override;

  private:
    const std::string plugin_;
    ServiceRegistry& registry_;
    EventLoop& loop_;
    TcpTransport tcp_;  // the host's, over the plugin's own connector
    std::shared_ptr<Ledger> ledger_;
};

}  // namespace gantry::host

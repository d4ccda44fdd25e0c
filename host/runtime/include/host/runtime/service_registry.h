#pragma once

#include <gantry/core/units.h>
#include <gantry/net/event_loop.h>
#include <gantry/service/service.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::host {

// A live use of a provider's service by another plugin.
struct ServiceUse {
    std::string consumer;
    std::string service;   // "gantry.transport 1 (rudp)"
    bool watched = false;  // the consumer observes the service, so it lets go when it is told
    bool operator==(const ServiceUse&) const = default;
};

// Who provides which service and who uses it. Plugins reach it through their Services; "host" names
// the host itself. Thread-safe.
class ServiceRegistry {
  public:
    // Words that tell who would provide a missing service, or "".
    using Advisor = std::function<std::string(ServiceKey key, std::string_view instance)>;

    ServiceRegistry();
    ~ServiceRegistry();

    // As in Services. A dropped provision that was not announced is told to its observers, too late
    // for them to do more than let go.
    Result<Registration> provide(std::string provider, ServiceKey key, std::string_view instance,
                                 void* service);
    Result<Services::RawRef> require(std::string consumer, ServiceKey key,
                                     std::string_view instance);
    // `changed` comes on `loop`, which must live until the Registration is gone.
    Registration observe(std::string consumer, EventLoop& loop, ServiceKey key,
                         std::string_view instance, Callback<ServiceChange> changed);

    bool has(ServiceKey key, std::string_view instance) const;
    // The name of the plugin that provides it, or "".
    std::string provider_of(ServiceKey key, std::string_view instance) const;
    // What others use of `provider`'s services, by consumer.
    std::vector<ServiceUse> uses_of(std::string_view provider) const;
    // Refuses new uses of the provider's services, tells `leaving` to who observes them, and waits
    // until nobody uses them or `limit` is over. Answers the uses that are left.
    std::vector<ServiceUse> announce_leaving(std::string_view provider, Duration limit);
    // Takes an announcement back: observers are told `arrived`.
    void announce_staying(std::string_view provider);
    // Forgets all that a plugin provides.
    void withdraw(std::string_view provider);
    void set_advisor(Advisor advisor);

  private:
    struct State;
    std::shared_ptr<State> state_;
};

// "gantry.transport 1 (rudp)"
std::string service_label(ServiceKey key, std::string_view instance);

}  // namespace gantry::host

#include "service_state.h"

namespace gantry::host {

void ServiceRegistry::State::tell(const ServiceName& name, ServiceChange change) {
    for (auto& [serial, observer] : observers)
        if (observer.name == name) observer.changed->post(change);
}

bool ServiceRegistry::State::observed(const std::string& consumer, const ServiceName& name) const {
    for (const auto& [serial, observer] : observers)
        if (observer.consumer == consumer && observer.name == name) return true;
    return false;
}

std::vector<ServiceUse> ServiceRegistry::State::uses_of(std::string_view provider) const {
    std::vector<ServiceUse> found;
    for (const auto& [serial, use] : uses) {
        const auto at = provisions.find(use.name);
        if (at == provisions.end() || at->second.serial != use.provision) continue;
        if (at->second.provider != provider || use.consumer == provider) continue;
        const ServiceKey key{use.name.id, use.name.version};
        found.push_back({use.consumer, service_label(key, use.name.instance),
                         observed(use.consumer, use.name)});
    }
    return found;
}

Error ServiceRegistry::State::missing(ServiceKey key, std::string_view instance,
                                      const Advisor& ask) const {
    std::string message = "no plugin provides the service " + service_label(key, instance);
    const std::string advice = ask ? ask(key, instance) : std::string();
    if (!advice.empty()) message += ": " + advice;
    return make_error(ErrorCode::not_found, "services", std::move(message));
}

}  // namespace gantry::host

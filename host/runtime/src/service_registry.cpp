#include "service_state.h"

#include <host/runtime/on_release.h>
#include <host/runtime/wait_limit.h>

namespace gantry::host {

std::string service_label(ServiceKey key, std::string_view instance) {
    std::string label = std::string(key.id) + " " + std::to_string(key.version);
    if (!instance.empty()) label += " (" + std::string(instance) + ")";
    return label;
}

ServiceRegistry::ServiceRegistry() : state_(std::make_shared<State>()) {}
ServiceRegistry::~ServiceRegistry() = default;

Result<Registration> ServiceRegistry::provide(std::string provider, ServiceKey key,
                                              std::string_view instance, void* service) {
    const ServiceName name(key, instance);
    std::lock_guard lock(state_->mutex);
    const auto serial = state_->next++;
    const auto [at, added] =
        state_->provisions.try_emplace(name, Provision{provider, service, serial, false});
    if (!added)
        return make_error(ErrorCode::exists, "services",
                          "the plugin " + at->second.provider + " provides " +
                              service_label(key, instance) + " already");
    state_->tell(name, ServiceChange::arrived);
    return on_release([state = state_, name, serial] {
        std::lock_guard inner(state->mutex);
        const auto found = state->provisions.find(name);
        if (found == state->provisions.end() || found->second.serial != serial) return;
        if (!found->second.leaving) state->tell(name, ServiceChange::leaving);
        state->provisions.erase(found);
        state->released.notify_all();
    });
}

Result<Services::RawRef> ServiceRegistry::require(std::string consumer, ServiceKey key,
                                                  std::string_view instance) {
    const ServiceName name(key, instance);
    std::unique_lock lock(state_->mutex);
    const auto found = state_->provisions.find(name);
    if (found == state_->provisions.end()) {
        const Advisor ask = state_->advisor;
        lock.unlock();  // the advisor may read the registry
        return state_->missing(key, instance, ask);
    }
    if (found->second.leaving)
        return make_error(ErrorCode::busy, "services",
                          service_label(key, instance) + " is going: the plugin " +
                              found->second.provider + " is being unloaded");
    const auto serial = state_->next++;
    state_->uses.emplace(serial, Use{std::move(consumer), name, found->second.serial});
    return Services::RawRef{found->second.service, on_release([state = state_, serial] {
                                std::lock_guard inner(state->mutex);
                                state->uses.erase(serial);
                                state->released.notify_all();
                            })};
}

Registration ServiceRegistry::observe(std::string consumer, EventLoop& loop, ServiceKey key,
                                      std::string_view instance, Callback<ServiceChange> changed) {
    auto posted = std::make_shared<PostedCallback<ServiceChange>>(loop, std::move(changed));
    const ServiceName name(key, instance);
    std::lock_guard lock(state_->mutex);
    const auto serial = state_->next++;
    const auto found = state_->provisions.find(name);
    if (found != state_->provisions.end() && !found->second.leaving)
        posted->post(ServiceChange::arrived);
    state_->observers.emplace(serial, Observer{std::move(consumer), name, posted});
    return on_release([state = state_, serial, posted] {
        {
            std::lock_guard inner(state->mutex);
            state->observers.erase(serial);
        }
        posted->take_back();
    });
}

bool ServiceRegistry::has(ServiceKey key, std::string_view instance) const {
    std::lock_guard lock(state_->mutex);
    return state_->provisions.contains(ServiceName(key, instance));
}

std::string ServiceRegistry::provider_of(ServiceKey key, std::string_view instance) const {
    std::lock_guard lock(state_->mutex);
    const auto found = state_->provisions.find(ServiceName(key, instance));
    return found == state_->provisions.end() ? std::string() : found->second.provider;
}

std::vector<ServiceUse> ServiceRegistry::uses_of(std::string_view provider) const {
    std::lock_guard lock(state_->mutex);
    return state_->uses_of(provider);
}

std::vector<ServiceUse> ServiceRegistry::announce_leaving(std::string_view provider,
                                                          Duration limit) {
    std::unique_lock lock(state_->mutex);
    for (auto& [name, provision] : state_->provisions)
        if (provision.provider == provider && !std::exchange(provision.leaving, true))
            state_->tell(name, ServiceChange::leaving);
    state_->released.wait_for(lock, wait_limit(limit),
                              [&] { return state_->uses_of(provider).empty(); });
    return state_->uses_of(provider);
}

void ServiceRegistry::announce_staying(std::string_view provider) {
    std::lock_guard lock(state_->mutex);
    for (auto& [name, provision] : state_->provisions)
        if (provision.provider == provider && std::exchange(provision.leaving, false))
            state_->tell(name, ServiceChange::arrived);
}

void ServiceRegistry::withdraw(std::string_view provider) {
    std::lock_guard lock(state_->mutex);
    std::erase_if(state_->provisions,
                  [&](const auto& entry) { return entry.second.provider == provider; });
    state_->released.notify_all();
}

void ServiceRegistry::set_advisor(Advisor advisor) {
    std::lock_guard lock(state_->mutex);
    state_->advisor = std::move(advisor);
}

}  // namespace gantry::host

#pragma once

#include <host/runtime/posted_callback.h>
#include <host/runtime/service_registry.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <tuple>

namespace gantry::host {

// A ServiceKey with an instance, in strings of the host's own.
struct ServiceName {
    std::string id;
    std::uint32_t version = 0;
    std::string instance;
    ServiceName(ServiceKey key, std::string_view i)
        : id(key.id), version(key.version), instance(i) {}
    auto operator<=>(const ServiceName&) const = default;
};

struct Provision {
    std::string provider;
    void* service = nullptr;
    std::uint64_t serial = 0;  // tells a provision from a later one of the same name
    bool leaving = false;
};

struct Use {
    std::string consumer;
    ServiceName name;
    std::uint64_t provision = 0;
};

struct Observer {
    std::string consumer;
    ServiceName name;
    std::shared_ptr<PostedCallback<ServiceChange>> changed;
};

// Shared by the registry and every Registration it gave out. All is guarded by `mutex`; posting to
// a loop with it held is fine, since PostedCallback::post runs no code of a plugin.
struct ServiceRegistry::State : std::enable_shared_from_this<ServiceRegistry::State> {
    mutable std::mutex mutex;
    std::condition_variable released;
    Advisor advisor;
    std::map<ServiceName, Provision> provisions;
    std::map<std::uint64_t, Use> uses;
    std::map<std::uint64_t, Observer> observers;
    std::uint64_t next = 1;

    void tell(const ServiceName& name, ServiceChange change);
    std::vector<ServiceUse> uses_of(std::string_view provider) const;
    bool observed(const std::string& consumer, const ServiceName& name) const;
    Error missing(ServiceKey key, std::string_view instance, const Advisor& ask) const;
};

}  // namespace gantry::host

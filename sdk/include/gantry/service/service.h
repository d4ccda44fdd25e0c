#pragma once

#include <gantry/core/callback.h>
#include <gantry/core/registration.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

namespace gantry {

// Names an interface of this SDK. Each service interface has one as `static constexpr key`. A
// change of the interface is a new version: providers may offer several.
struct ServiceKey {
    std::string_view id;
    std::uint32_t version = 1;
    bool operator==(const ServiceKey&) const = default;
};

// A live use of a service. The provider cannot go while one exists, unless the plugin that holds it
// goes too. Keep it as long as the interface is used, and no longer.
template <class Interface>
class ServiceRef {
  public:
    ServiceRef() = default;
    ServiceRef(Interface* service, Registration use) : service_(service), use_(std::move(use)) {}
    explicit operator bool() const noexcept { return service_ != nullptr; }
    Interface& operator*() const noexcept { return *service_; }
    Interface* operator->() const noexcept { return service_; }

  private:
    Interface* service_ = nullptr;
    Registration use_;
};

enum class ServiceChange : std::uint8_t { arrived, leaving };

// One plugin's door to the services of all. Thread-safe. Use the templates below.
class Services {
  public:
    struct RawRef {
        void* service = nullptr;
        Registration use;
    };

    virtual ~Services() = default;
    // `service` stays the provider's, and must live until the Registration is gone.
    // ErrorCode::exists when key and instance are taken.
    virtual Result<Registration> provide_raw(ServiceKey key, std::string_view instance,
                                             void* service) = 0;
    // ErrorCode::not_found when nobody provides it; the message says which plugin would.
    virtual Result<RawRef> require_raw(ServiceKey key, std::string_view instance) = 0;
    // For optional services. The callback comes on the plugin's own loop: `arrived` for one that is
    // there or comes, `leaving` before it goes, when every ServiceRef to it must be dropped.
    virtual Registration observe_raw(ServiceKey key, std::string_view instance,
                                     Callback<ServiceChange> changed) = 0;

    template <class Interface>
    Result<Registration> provide(Interface& service, std::string_view instance = {}) {
        return provide_raw(Interface::key, instance, &service);
    }
    template <class Interface>
    Result<ServiceRef<Interface>> require(std::string_view instance = {}) {
        auto raw = require_raw(Interface::key, instance);
        if (!raw) return std::move(raw).error();
        return ServiceRef<Interface>(static_cast<Interface*>(raw->service), std::move(raw->use));
    }
    template <class Interface>
    Registration observe(Callback<ServiceChange> changed, std::string_view instance = {}) {
        return observe_raw(Interface::key, instance, std::move(changed));
    }
};

}  // namespace gantry

#pragma once

#include <gantry/net/event_loop.h>
#include <gantry/service/service.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gantry::testing {

// The services of one machine: the plugins of a test meet here, and the test itself may provide and
// require as one more party, "test". Thread-safe.
class TestServices {
  public:
    TestServices();
    ~TestServices();

    // As in Services.
    template <class Interface>
    Result<Registration> provide(Interface& service, std::string_view instance = {}) {
        return provide_raw("test", Interface::key, instance, &service);
    }
    template <class Interface>
    Result<ServiceRef<Interface>> require(std::string_view instance = {}) {
        auto raw = require_raw("test", Interface::key, instance);
        if (!raw) return std::move(raw).error();
        return ServiceRef<Interface>(static_cast<Interface*>(raw->service), std::move(raw->use));
    }
    bool has(std::string_view id, std::uint32_t version, std::string_view instance) const;

    // What stands behind a plugin's Services; `owner` is the plugin.
    Result<Registration> provide_raw(std::string owner, ServiceKey key, std::string_view instance,
                                     void* service);
    Result<Services::RawRef> require_raw(std::string owner, ServiceKey key,
                                         std::string_view instance);
    Registration observe_raw(std::string owner, EventLoop& loop, ServiceKey key,
                             std::string_view instance, Callback<ServiceChange> changed);
    // Tells `leaving` to the observers of what `owner` provides, and lets nobody else require it.
    void announce_leaving(std::string_view owner);
    // The others that use what `owner` provides: "cs uses gantry.digest 1".
    std::vector<std::string> uses_of(std::string_view owner) const;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::testing

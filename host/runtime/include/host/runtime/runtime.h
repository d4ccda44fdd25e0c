#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/random.h>
#include <gantry/net/connector.h>
#include <host/runtime/event_bus.h>
#include <host/runtime/job_table.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry::host {

class ServiceRegistry;

// The parts of the host that all plugins share, with the host's own services in the registry
// (`gantry.transport` "tcp"). Made once by main, and passed down: there is no global.
class Runtime {
  public:
    struct Options {
        ConnectPolicy connect;
        // A value of the layered configuration by its full key ("cs.port"), if it is set.
        std::function<std::optional<std::string>(std::string_view key)> setting;
        // Where log lines go: (level, plugin, text). Any thread.
        std::function<void(int level, std::string_view plugin, std::string_view text)> log;
    };
    explicit Runtime(Options options);
    ~Runtime();

    const Clock& clock() const noexcept;
    Random& random() noexcept;
    Connector& connector() noexcept;
    EventBus& events() noexcept;
    JobTable& jobs() noexcept;
    ServiceRegistry& services() noexcept;
    const Options& options() const noexcept;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace gantry::host

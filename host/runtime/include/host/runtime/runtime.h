#pragma once

#include <gantry/core/clock.h>
#include <gantry/core/random.h>
#include <gantry/net/connector.h>
#include <host/runtime/event_bus.h>
#include <host/runtime/job_table.h>
#include <host/runtime/service_registry.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace gantry::host {

// The parts of the host that all plugins share, with the host's own services in the registry
// (`gantry.transport` "tcp"). Made once by main, and passed down: there is no global.
class Runtime {
  public:
    struct Options {
        ConnectPolicy connect;
        // A value of the layered configuration by its full key ("cs.port"), if it is set.
        std::function<std::optional<std::string>(std::string_view key)> setting;
        // Where log lines go: (level, plugin, text), the level as in LogLevel. Any thread.
        std::function<void(int level, std::string_view plugin, std::string_view text)> log;
    };
    explicit Runtime(Options options);
    // From here on the functions in Options are not called any more.
    ~Runtime();
    // The same parts again, kept for a plugin that does not stop and may outlive this.
    std::unique_ptr<Runtime> share() const;

    const Clock& clock() const noexcept;
    Random& random() noexcept;
    Connector& connector() noexcept;
    EventBus& events() noexcept;
    JobTable& jobs() noexcept;
    ServiceRegistry& services() noexcept;
    const Options& options() const noexcept;

    // Through Options; any thread, also when the functions are empty or out of use.
    std::optional<std::string> setting(std::string_view key) const;
    void log(int level, std::string_view plugin, std::string_view text) const;

  private:
    struct Parts;
    Runtime(std::shared_ptr<Parts> parts, bool owner);

    std::shared_ptr<Parts> parts_;
    bool owner_;  // the one that main made
};

}  // namespace gantry::host

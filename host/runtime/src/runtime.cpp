#include <host/runtime/runtime.h>
#include <host/system/kernel_random.h>
#include <host/system/system_clock.h>
#include <host/system/system_connector.h>
#include <host/system/tcp_transport.h>

#include <mutex>
#include <shared_mutex>

namespace gantry::host {

struct Runtime::Parts {
    explicit Parts(Options o) : options(std::move(o)), connector(options.connect), tcp(connector) {
        auto claim = services.provide("host", Transport::key, TcpTransport::kScheme,
                                      static_cast<Transport*>(&tcp));
        if (claim) tcp_claim = std::move(*claim);
    }

    const Options options;
    mutable std::shared_mutex in_use;  // shared while a function of the options runs
    bool retired = false;
    SystemClock clock;
    KernelRandom random;
    SystemConnector connector;
    TcpTransport tcp;
    EventBus events{clock};
    JobTable jobs{clock, events};
    ServiceRegistry services;
    Registration tcp_claim;
};

Runtime::Runtime(Options options) : Runtime(std::make_shared<Parts>(std::move(options)), true) {}
Runtime::Runtime(std::shared_ptr<Parts> parts, bool owner)
    : parts_(std::move(parts)), owner_(owner) {}

Runtime::~Runtime() {
    if (!owner_) return;
    std::unique_lock lock(parts_->in_use);
    parts_->retired = true;
}

std::unique_ptr<Runtime> Runtime::share() const {
    return std::unique_ptr<Runtime>(new Runtime(parts_, false));
}

const Clock& Runtime::clock() const noexcept { return parts_->clock; }
Random& Runtime::random() noexcept { return parts_->random; }
Connector& Runtime::connector() noexcept { return parts_->connector; }
EventBus& Runtime::events() noexcept { return parts_->events; }
JobTable& Runtime::jobs() noexcept { return parts_->jobs; }
ServiceRegistry& Runtime::services() noexcept { return parts_->services; }
const Runtime::Options& Runtime::options() const noexcept { return parts_->options; }

std::optional<std::string> Runtime::setting(std::string_view key) const {
    std::shared_lock lock(parts_->in_use);
    if (parts_->retired || !parts_->options.setting) return std::nullopt;
    return parts_->options.setting(key);
}

void Runtime::log(int level, std::string_view plugin, std::string_view text) const {
    std::shared_lock lock(parts_->in_use);
    if (!parts_->retired && parts_->options.log) parts_->options.log(level, plugin, text);
}

}  // namespace gantry::host

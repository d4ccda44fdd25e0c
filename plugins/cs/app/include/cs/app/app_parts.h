#pragma once

#include <cs/app/operations.h>
#include <cs/net/local_target.h>
#include <cs/net/pool_runner.h>
#include <gantry/net/transport.h>
#include <gantry/plugin/context.h>

namespace gantry::cs {

// What all commands of the plugin share. On the plugin's loop.
struct AppParts {
    Context& context;
    ServiceRef<Transport> transport;
    PoolRunner pool;  // of the plugin's loop
    Operations operations;
    EventLoop* server_loop = nullptr;  // made when the first server starts

    AppParts(Context& c, ServiceRef<Transport> t)
        : context(c), transport(std::move(t)), pool(c.blocking_pool(), c.loop()) {}

    OpenStore open_store() {
        return [this](const std::string& folder, bool make) {
            return context.open_store(folder, make);
        };
    }
};

}  // namespace gantry::cs

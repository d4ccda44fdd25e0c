#pragma once

#include <cs/app/operations.h>
#include <cs/app/server_loops.h>
#include <cs/net/file_hash.h>
#include <cs/net/local_target.h>
#include <cs/net/pool_runner.h>
#include <gantry/crypto/digest.h>
#include <gantry/net/transport.h>
#include <gantry/plugin/context.h>

namespace gantry::cs {

// What all commands of the plugin share. On the plugin's loop.
struct AppParts {
    Context& context;
    ServiceRef<Transport> transport;
    ServiceRef<DigestService> digests;
    PoolRunner pool;  // of the plugin's loop
    Operations operations;
    ServerLoops server_loops;

    AppParts(Context& c, ServiceRef<Transport> t, ServiceRef<DigestService> d, std::size_t cores)
        : context(c),
          transport(std::move(t)),
          digests(std::move(d)),
          pool(c.blocking_pool(), c.loop()),
          server_loops(c, cores) {}

    MakeDigest make_digest() {
        return [this](DigestAlgorithm algorithm) { return digests->create(algorithm); };
    }
    OpenStore open_store() {
        return [this](const std::string& folder, bool make) {
            return context.open_store(folder, make);
        };
    }
};

}  // namespace gantry::cs

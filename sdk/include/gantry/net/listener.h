#pragma once

#include <gantry/net/stream.h>

#include <memory>

namespace gantry {

// Accepts streams on one loop. Destroying it stops listening; accepted streams live on, and what
// waits in the backlog fails. The callback may destroy it. Loop thread only. When the process is
// out of descriptors it pauses and tries again, without a spin.
class Listener {
  public:
    virtual ~Listener() = default;
    // The bound address, with the port that was picked when 0 was asked for.
    virtual Endpoint local() const = 0;
    // While paused, the system's backlog holds what comes.
    virtual void pause() = 0;
    virtual void resume() = 0;
};

struct ListenOptions {
    int backlog = 1024;
    // Several listeners, all with this set, share one port (SO_REUSEPORT), and each connection goes
    // to one of them. unsupported: this transport cannot do that.
    bool reuse_port = false;
};

using AcceptCallback = Callback<std::unique_ptr<Stream>>;

}  // namespace gantry

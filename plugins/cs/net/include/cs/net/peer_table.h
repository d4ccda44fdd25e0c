#pragma once

#include <cs/net/access_control.h>
#include <cs/net/answer.h>

#include <map>
#include <memory>

namespace gantry::cs {

// What the answers to one peer share: the server's resources, with a store that knows whose calls
// it gets, a log that tells it, and a pool of its own, which says when no call is out any more.
struct PeerResources {
    PeerResources(ServerResources& server, BlockingPool& blocking, std::string identity,
                  std::shared_ptr<AccessControl> control);

    std::string identity;
    PoolRunner pool;
    std::unique_ptr<FileStore> guarded;  // null: no rules
    ServerResources resources;
};

// The peers of one server that are connected now, by their identity. Loop thread only.
class PeerTable {
  public:
    // All outlive it. Without `control` peers may do what the server's resources say. `changed` is
    // called when a peer has gone.
    PeerTable(ServerResources& server, BlockingPool& blocking,
              std::shared_ptr<AccessControl> control, Task changed);
    ~PeerTable();
    // Whoever has it keeps it; when the last one drops it, it lives until its calls are done.
    std::shared_ptr<PeerResources> find(const std::string& identity);
    // Peers that are here, or have calls out.
    std::size_t size() const noexcept;

  private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace gantry::cs

#include <cs/net/guarded_store.h>
#include <cs/net/peer_table.h>

namespace gantry::cs {

PeerResources::PeerResources(ServerResources& server, BlockingPool& blocking, std::string who,
                             std::shared_ptr<AccessControl> control)
    : identity(std::move(who)),
      pool(blocking, server.loop),
      guarded(control ? std::make_unique<GuardedStore>(server.store, std::move(control), identity)
                      : nullptr),
      resources{server.loop,
                guarded ? *guarded : server.store,
                pool,
                server.slots,
                server.copies,
                server.hashes,
                server.digests,
                [this, &server](const AccessRecord& record) {
                    auto named = record;
                    if (named.identity.empty()) named.identity = identity;
                    (void)server.log(named);
                },
                server.writable,
                server.send_from,
                server.seal,
                server.peer_of} {}

struct PeerTable::State {
    State(ServerResources& s, BlockingPool& b, std::shared_ptr<AccessControl> c, Task t)
        : server(s), blocking(b), control(std::move(c)), changed(std::move(t)) {}

    ServerResources& server;
    BlockingPool& blocking;
    std::shared_ptr<AccessControl> control;
    Task changed;
    std::map<std::string, std::weak_ptr<PeerResources>> peers;
    std::size_t alive = 0;

    void gone(const std::string& identity) {
        --alive;
        const auto found = peers.find(identity);
        if (found != peers.end() && found->second.expired()) peers.erase(found);
        (void)changed();
    }
};

namespace {

// In a later turn, since the session that dropped it may still be on the stack; and then not before
// what it has on the pool is done.
template <class Gone>
void retire(std::unique_ptr<PeerResources> peer, Gone gone) {
    auto& loop = peer->resources.loop;
    loop.post([peer = std::move(peer), gone = std::move(gone)]() mutable {
        auto& pool = peer->pool;
        pool.when_idle([peer = std::move(peer), gone = std::move(gone)]() mutable {
            const auto identity = peer->identity;
            peer.reset();
            gone(identity);
        });
    });
}

}  // namespace

PeerTable::PeerTable(ServerResources& server, BlockingPool& blocking,
                     std::shared_ptr<AccessControl> control, Task changed)
    : state_(std::make_shared<State>(server, blocking, std::move(control), std::move(changed))) {}

PeerTable::~PeerTable() { state_->changed = {}; }

std::shared_ptr<PeerResources> PeerTable::find(const std::string& identity) {
    auto& known = state_->peers[identity];
    if (auto peer = known.lock()) return peer;
    auto made = std::make_unique<PeerResources>(state_->server, state_->blocking, identity,
                                                state_->control);
    const std::shared_ptr<PeerResources> peer(
        made.release(), [state = state_](PeerResources* last) {
            retire(std::unique_ptr<PeerResources>(last),
                   [state](const std::string& who) { state->gone(who); });
        });
    known = peer;
    ++state_->alive;
    return peer;
}

std::size_t PeerTable::size() const noexcept { return state_->alive; }

}  // namespace gantry::cs

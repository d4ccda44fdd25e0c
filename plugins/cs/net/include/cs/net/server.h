#pragma once

#include <cs/core/limits.h>
#include <cs/net/answer.h>
#include <cs/net/classic_cipher.h>
#include <cs/net/limits.h>
#include <cs/net/peer_table.h>
#include <cs/net/wire.h>
#include <gantry/net/transport.h>

#include <memory>
#include <unordered_map>

namespace gantry::cs {

class ServerSession;

struct ServerOptions {
    Endpoint listen;
    limits::ServerTimes times;
    std::size_t max_connections = limits::kMaxConnections;
    std::size_t max_open_files = limits::kMaxOpenFiles;
    Wire wire = Wire::cs1;
    bool writable = false;  // clients may change what is served; cs1 alone has words for it
};

// What a server stands on. All outlive it; the store is its own.
struct ServerParts {
    Transport& transport;
    EventLoop& loop;
    BlockingPool& pool;
    std::unique_ptr<FileStore> store;
    Callback<const AccessRecord&> log;  // called on the loop
    MakeDigest digests;                 // empty: it cannot tell a SHA-256 or a Merkle root
    // Who may do what, each by the identity of its stream's Security; null: all may do what the
    // options say.
    std::shared_ptr<AccessControl> access = nullptr;
};

// Serves one folder over one wire on one loop. Made, used and destroyed on that loop's thread, and
// destroyed only after stop() has called back.
class Server {
  public:
    // Errors: those of Transport::listen.
    static Result<std::unique_ptr<Server>> start(ServerParts parts, const ServerOptions& options);
    ~Server();

    // Before drain() and stop().
    Endpoint local() const { return listener_->local(); }
    std::size_t connections() const noexcept { return sessions_.size(); }
    // Accepts no more, answers what is open, closes what idles, and calls `done` when all is gone,
    // which the time-outs of the connections bound.
    void drain(Task done);
    // As drain(), but drops the connections at once.
    void stop(Task done);

  private:
    struct Kept {
        std::shared_ptr<PeerResources> peer;  // null: the server's own
        std::shared_ptr<ServerSession> session;
    };
    Server(ServerParts parts, const ServerOptions& options);
    void accept(std::unique_ptr<Stream> stream);
    std::unique_ptr<ServerEnd> make_end();
    void remove(ServerSession& session);
    void check_over();

    std::unique_ptr<FileStore> store_;
    PoolRunner pool_;
    FileSlots slots_;
    ClassicCipher cipher_;
    HashCache hashes_{limits::kMaxHashesKept};
    ServerResources resources_;
    ServerOptions options_;
    std::shared_ptr<AccessControl> access_;
    PeerTable peers_;
    std::unique_ptr<Listener> listener_;
    std::unordered_map<ServerSession*, Kept> sessions_;
    Task done_;
    bool stopping_ = false;
};

}  // namespace gantry::cs

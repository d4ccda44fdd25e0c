#pragma once

#include <cs/core/limits.h>
#include <cs/net/answer.h>
#include <cs/net/classic_cipher.h>
#include <cs/net/farewells.h>
#include <cs/net/limits.h>
#include <cs/net/peer_table.h>
#include <cs/net/server_shared.h>
#include <cs/net/wire.h>
#include <gantry/net/transport.h>

#include <memory>
#include <unordered_map>

namespace gantry::cs {

class ServerSession;

struct ServerOptions {
    Endpoint listen;
    limits::ServerTimes times;
    AdmissionLimits admission;
    std::size_t max_open_files = limits::kMaxOpenFiles;
    std::size_t max_open_files_per_address = limits::kMaxOpenFilesPerAddress;
    Wire wire = Wire::cs1;
    bool writable = false;  // clients may change what is served; cs1 alone has words for it
    // To clients on other machines, where the stream is not encrypted.
    SendFrom send_from = SendFrom::file;
    // A stream that nothing secures may ask for encrypted files alone.
    bool secured_or_sealed = false;
};

// What the loops of a server with these options share.
std::shared_ptr<ServerShared> share_server(std::unique_ptr<FileStore> store,
                                           const ServerOptions& options,
                                           std::shared_ptr<AccessControl> access = nullptr,
                                           std::shared_ptr<const ServerSeal> seal = nullptr);

// What a server stands on, on one loop. The references outlive it.
struct ServerParts {
    Transport& transport;
    EventLoop& loop;
    BlockingPool& pool;
    std::shared_ptr<ServerShared> shared;
    Callback<const AccessRecord&> log;  // called on the loop
    MakeDigest digests;                 // empty: it cannot tell a SHA-256 or a Merkle root
};

// Serves one folder over one wire on one loop, alone or as one of several that share a port
// (ServerGroup). Made, used and destroyed on that loop's thread, and destroyed only after stop()
// has called back.
class Server {
  public:
    // Errors: those of Transport::listen.
    static Result<std::unique_ptr<Server>> start(ServerParts parts, const ServerOptions& options,
                                                 const ListenOptions& listening = {});
    ~Server();

    // Before drain() and stop().
    Endpoint local() const { return listener_->local(); }
    std::size_t connections() const noexcept { return sessions_.size(); }
    std::size_t farewells() const noexcept { return farewells_.size(); }
    // Accepts no more, answers what is open, closes what idles, and calls `done` when all is gone,
    // which the time-outs of the connections bound.
    void drain(Task done);
    // As drain(), but drops the connections at once.
    void stop(Task done);

  private:
    struct Kept {
        std::shared_ptr<PeerResources> peer;  // null: the server's own
        std::shared_ptr<ServerSession> session;
        Admission::Ticket ticket;
    };
    Server(ServerParts parts, const ServerOptions& options);
    void accept(std::unique_ptr<Stream> stream);
    void turn_away(std::unique_ptr<Stream> stream, Error why);
    std::unique_ptr<ServerEnd> make_end(const Security& security);
    void remove(ServerSession& session);
    void end_accepting(Task done);
    void check_over();

    std::shared_ptr<ServerShared> shared_;
    PoolRunner pool_;
    ClassicCipher cipher_;
    ServerResources resources_;
    ServerOptions options_;
    PeerTable peers_;
    Farewells farewells_;
    std::unique_ptr<Listener> listener_;
    std::unordered_map<ServerSession*, Kept> sessions_;
    Task done_;
    bool stopping_ = false;
};

}  // namespace gantry::cs

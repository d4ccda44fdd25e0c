#pragma once

#include <cs/net/server.h>

#include <functional>
#include <memory>
#include <vector>

namespace gantry::cs {

// Serves one folder on one port with several loops: a Server on each, over which the transport
// spreads the connections. What they share is in ServerShared. One loop alone needs nothing of the
// transport; a transport that cannot share a port (ErrorCode::unsupported) gets one loop.
//
// Lives on its home loop, where it is made, called and calls back; the servers live on theirs.
class ServerGroup : public std::enable_shared_from_this<ServerGroup> {
  public:
    // The references and the loops outlive it.
    struct Parts {
        Transport& transport;
        EventLoop& home;
        std::vector<EventLoop*> loops;  // at least one
        BlockingPool& pool;
        std::unique_ptr<FileStore> store;
        std::function<void(const AccessRecord&)> log;  // thread-safe
        MakeDigest digests;
        std::shared_ptr<AccessControl> access = nullptr;   // as in ServerShared
        std::shared_ptr<const ServerSeal> seal = nullptr;  // likewise
    };
    using Started = Callback<Result<Endpoint>>;

    // `started` comes once, with where it listens, or with the Error of Transport::listen.
    static std::shared_ptr<ServerGroup> start(Parts parts, const ServerOptions& options,
                                              Started started);
    ~ServerGroup();

    // When it has started: as Server::drain(), on all loops. `done` is called once.
    void drain(Task done);
    // After drain(): drops the connections that are left. `done` comes soon.
    void stop();
    std::size_t loops() const noexcept { return members_.size(); }
    // Until all is gone; then null.
    const ServerShared* shared() const noexcept { return shared_.get(); }

  private:
    // One loop's part. Used on that loop alone.
    struct Member {
        explicit Member(EventLoop& l) : loop(l) {}
        EventLoop& loop;
        std::unique_ptr<Server> server;
    };
    ServerGroup(Parts parts, const ServerOptions& options, Started started);
    void start_next();
    Result<Endpoint> launch(Member& member, std::size_t place, bool share_port);
    void launched(Result<Endpoint> at);
    void give_up(Error error);
    void tell_gone(Member& member);
    void member_gone();

    Parts parts_;
    ServerOptions options_;
    Started started_;
    std::shared_ptr<ServerShared> shared_;
    std::vector<std::shared_ptr<Member>> members_;
    std::size_t running_ = 0;  // members with a server
    bool share_port_;
    Task done_;
};

}  // namespace gantry::cs

#include <cs/core/classic_server.h>
#include <cs/core/server_connection.h>
#include <cs/net/server.h>
#include <cs/net/server_session.h>

#include <vector>

namespace gantry::cs {

Result<std::unique_ptr<Server>> Server::start(ServerParts parts, const ServerOptions& options) {
    auto& transport = parts.transport;
    auto& loop = parts.loop;
    std::unique_ptr<Server> server(new Server(std::move(parts), options));
    auto listener = transport.listen(
        loop, options.listen, {},
        [raw = server.get()](std::unique_ptr<Stream> stream) { raw->accept(std::move(stream)); });
    if (!listener) return std::move(listener).error();
    server->listener_ = std::move(*listener);
    return server;
}

Server::Server(ServerParts parts, const ServerOptions& options)
    : store_(std::move(parts.store)),
      pool_(parts.pool, parts.loop),
      slots_(options.max_open_files),
      resources_{
          parts.loop,           *store_,         pool_, slots_, hashes_, std::move(parts.digests),
          std::move(parts.log), options.writable},
      options_(options),
      access_(std::move(parts.access)),
      peers_(resources_, parts.pool, access_, [this] { check_over(); }) {}

Server::~Server() = default;

void Server::accept(std::unique_ptr<Stream> stream) {
    const auto identity = stream->security().peer_identity;
    auto peer = access_ || !identity.empty() ? peers_.find(identity) : nullptr;
    auto session = std::make_shared<ServerSession>(peer ? peer->resources : resources_, make_end(),
                                                   std::move(stream),
                                                   [this](ServerSession& over) { remove(over); });
    sessions_.emplace(session.get(), Kept{std::move(peer), session});
    if (sessions_.size() == options_.max_connections) listener_->pause();
    session->start();
}

std::unique_ptr<ServerEnd> Server::make_end() {
    const auto now = resources_.loop.now();
    if (options_.wire == Wire::classic)
        return std::make_unique<ClassicServer>(cipher_, options_.times, now);
    return std::make_unique<ServerConnection>(options_.times, now);
}

void Server::remove(ServerSession& session) {
    const bool was_full = sessions_.size() == options_.max_connections;
    sessions_.erase(&session);
    if (was_full && listener_) listener_->resume();
    check_over();
}

void Server::drain(Task done) {
    done_ = std::move(done);
    stopping_ = true;
    listener_.reset();
    std::vector<std::shared_ptr<ServerSession>> sessions;  // draining one may remove it
    for (const auto& [key, kept] : sessions_) sessions.push_back(kept.session);
    for (const auto& session : sessions) session->drain();
    sessions.clear();
    check_over();
}

void Server::stop(Task done) {
    done_ = std::move(done);
    stopping_ = true;
    listener_.reset();
    sessions_.clear();
    check_over();
}

void Server::check_over() {
    if (!stopping_ || !sessions_.empty() || peers_.size() > 0) return;
    pool_.when_idle([this] {
        if (done_) resources_.loop.post(std::move(done_));
    });
}

}  // namespace gantry::cs

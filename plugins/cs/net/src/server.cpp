#include <cs/core/classic_server.h>
#include <cs/core/server_connection.h>
#include <cs/net/server.h>
#include <cs/net/server_session.h>

#include <vector>

namespace gantry::cs {

std::shared_ptr<ServerShared> share_server(std::unique_ptr<FileStore> store,
                                           const ServerOptions& options,
                                           std::shared_ptr<AccessControl> access,
                                           std::shared_ptr<const ServerSeal> seal) {
    auto limits = options.admission;
    // The classic wire opens a connection for each file, so many in a second are nothing unusual.
    if (options.wire == Wire::classic) limits.new_per_second = 0;
    return std::shared_ptr<ServerShared>(new ServerShared{
        std::move(store), std::move(access), Admission(limits),
        FileSlots(options.max_open_files, options.max_open_files_per_address),
        CopyBudget(limits::kMaxCopying), HashCache(limits::kMaxHashesKept), std::move(seal)});
}

Result<std::unique_ptr<Server>> Server::start(ServerParts parts, const ServerOptions& options,
                                              const ListenOptions& listening) {
    auto& transport = parts.transport;
    auto& loop = parts.loop;
    std::unique_ptr<Server> server(new Server(std::move(parts), options));
    auto listener = transport.listen(
        loop, options.listen, listening,
        [raw = server.get()](std::unique_ptr<Stream> stream) { raw->accept(std::move(stream)); });
    if (!listener) return std::move(listener).error();
    server->listener_ = std::move(*listener);
    return server;
}

Server::Server(ServerParts parts, const ServerOptions& options)
    : shared_(std::move(parts.shared)),
      pool_(parts.pool, parts.loop),
      resources_{parts.loop,
                 *shared_->store,
                 pool_,
                 shared_->slots,
                 shared_->copies,
                 shared_->hashes,
                 std::move(parts.digests),
                 std::move(parts.log),
                 options.writable,
                 options.send_from,
                 shared_->seal.get(),
                 {}},
      options_(options),
      peers_(resources_, parts.pool, shared_->access, [this] { check_over(); }),
      farewells_(parts.loop, options.times.linger) {
    if (shared_->access)
        resources_.peer_of = [this](const std::string& identity) { return peers_.find(identity); };
}

Server::~Server() = default;

void Server::accept(std::unique_ptr<Stream> stream) {
    auto ticket = shared_->admission.admit(stream->peer().address, resources_.loop.now());
    if (!ticket) return turn_away(std::move(stream), std::move(ticket).error());
    const auto security = stream->security();
    const auto& identity = security.peer_identity;
    auto peer = shared_->access || !identity.empty() ? peers_.find(identity) : nullptr;
    auto session = std::make_shared<ServerSession>(peer ? peer->resources : resources_,
                                                   make_end(security), std::move(stream),
                                                   [this](ServerSession& over) { remove(over); });
    sessions_.emplace(session.get(), Kept{std::move(peer), session, std::move(*ticket)});
    session->start();
}

// The classic wire has no word for it.
void Server::turn_away(std::unique_ptr<Stream> stream, Error why) {
    (void)resources_.log({stream->peer(), kRefusedConnection, {}, 0, {}, why, {}});
    if (options_.wire == Wire::classic) return;
    const auto body = ErrorMessage::from(why).encode();
    farewells_.say(std::move(stream),
                   make_frame(FrameType::error, ServiceId::file, kConnectionId, body));
}

std::unique_ptr<ServerEnd> Server::make_end(const Security& security) {
    const auto now = resources_.loop.now();
    if (options_.wire == Wire::classic)
        return std::make_unique<ClassicServer>(cipher_, options_.times, now);
    const bool sealed_only = options_.secured_or_sealed && !security.encrypted;
    return std::make_unique<ServerConnection>(
        options_.times, now, sealed_only ? Offered::encrypted_files : Offered::all);
}

void Server::remove(ServerSession& session) {
    sessions_.erase(&session);
    check_over();
}

void Server::end_accepting(Task done) {
    done_ = std::move(done);
    stopping_ = true;
    listener_.reset();
    farewells_.clear();
}

void Server::drain(Task done) {
    end_accepting(std::move(done));
    std::vector<std::shared_ptr<ServerSession>> sessions;  // draining one may remove it
    for (auto& [key, kept] : sessions_) sessions.push_back(kept.session);
    for (auto& session : sessions) session->drain();
    sessions.clear();
    check_over();
}

void Server::stop(Task done) {
    end_accepting(std::move(done));
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

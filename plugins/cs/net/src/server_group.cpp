#include <cs/net/server_group.h>

#include <utility>

namespace gantry::cs {

std::shared_ptr<ServerGroup> ServerGroup::start(Parts parts, const ServerOptions& options,
                                                Started started) {
    std::shared_ptr<ServerGroup> group(
        new ServerGroup(std::move(parts), options, std::move(started)));
    group->start_next();
    return group;
}

ServerGroup::ServerGroup(Parts parts, const ServerOptions& options, Started started)
    : parts_(std::move(parts)),
      options_(options),
      started_(std::move(started)),
      shared_(share_server(std::move(parts_.store), options, std::move(parts_.access),
                           std::move(parts_.seal))),
      share_port_(parts_.loops.size() > 1) {
    for (auto* loop : parts_.loops) members_.push_back(std::make_shared<Member>(*loop));
}

ServerGroup::~ServerGroup() = default;

// One after the other: the first one learns which port it is.
void ServerGroup::start_next() {
    auto member = members_[running_];
    member->loop.post([self = shared_from_this(), member, place = running_, share = share_port_] {
        auto at = self->launch(*member, place, share);
        self->parts_.home.post(
            [self, at = std::move(at)]() mutable { self->launched(std::move(at)); });
    });
}

// A shared port can be joined by every program of this user, so the first loop makes sure that it
// is free: it listens there alone for a moment.
Result<Endpoint> ServerGroup::launch(Member& member, std::size_t place, bool share_port) {
    auto options = options_;
    if (share_port && place == 0) {
        auto probe = parts_.transport.listen(member.loop, options.listen, {}, {});
        if (!probe) return std::move(probe).error();
        options.listen = (*probe)->local();
    }
    auto server = Server::start(
        {parts_.transport, member.loop, parts_.pool, shared_,
         [log = parts_.log](const AccessRecord& record) { log(record); }, parts_.digests},
        options, {.reuse_port = share_port});
    if (!server) return std::move(server).error();
    member.server = std::move(*server);
    return member.server->local();
}

void ServerGroup::launched(Result<Endpoint> at) {
    if (!at && at.error().code == ErrorCode::unsupported && share_port_ && running_ == 0) {
        share_port_ = false;
        members_.resize(1);
        return start_next();
    }
    if (!at) return give_up(std::move(at).error());
    ++running_;
    options_.listen = *at;
    if (running_ < members_.size()) return start_next();
    (void)std::exchange(started_, {})(*at);
}

void ServerGroup::give_up(Error error) {
    members_.resize(running_);
    drain([self = shared_from_this(), error = std::move(error)]() mutable {
        (void)std::exchange(self->started_, {})(std::move(error));
    });
}

void ServerGroup::drain(Task done) {
    done_ = std::move(done);
    if (running_ == 0) return member_gone();
    for (const auto& member : members_)
        member->loop.post([self = shared_from_this(), member] {
            member->server->drain([self, member] { self->tell_gone(*member); });
        });
}

void ServerGroup::stop() {
    for (const auto& member : members_)
        member->loop.post([self = shared_from_this(), member] {
            if (member->server) member->server->stop([self, member] { self->tell_gone(*member); });
        });
}

// On the member's loop. Draining may have ended just as the connections were to be dropped.
void ServerGroup::tell_gone(Member& member) {
    if (!member.server) return;
    member.server.reset();
    parts_.home.post([self = shared_from_this()] { self->member_gone(); });
}

void ServerGroup::member_gone() {
    if (running_ > 0 && --running_ > 0) return;
    shared_.reset();  // here, and not where the last task that knows this group happens to end
    (void)std::exchange(done_, {})();
}

}  // namespace gantry::cs

#include <gantry/testing/sim_connector.h>

#include "connect_race.h"
#include "sim_datagram_socket.h"
#include "sim_listener.h"

#include <algorithm>
#include <cerrno>

namespace gantry::testing {

namespace {

using detail::ConnectRace;

constexpr const char* kInterface = "sim0";  // the one every simulated host has

class RaceToken final : public RegistrationToken {
  public:
    explicit RaceToken(std::weak_ptr<ConnectRace> race) : race_(std::move(race)) {}
    ~RaceToken() override {
        if (const auto race = race_.lock()) race->cancel();
    }

  private:
    std::weak_ptr<ConnectRace> race_;
};

Error denied(std::string message, std::string context) {
    return make_error(ErrorCode::denied, "net", std::move(message), std::move(context));
}

bool allows(const ConnectPolicy& policy, const IpAddress& to) {
    if (to.is_v4() ? !policy.allow_v4 : !policy.allow_v6) return false;
    return !policy.bind_address || policy.bind_address->is_v4() == to.is_v4();
}

// Both families in turn, beginning with the first address's (RFC 8305 section 4).
std::vector<IpAddress> interleave(const std::vector<IpAddress>& addresses) {
    std::vector<IpAddress> families[2];
    for (const auto& a : addresses)
        families[a.is_v4() == addresses.front().is_v4() ? 0 : 1].push_back(a);
    std::vector<IpAddress> mixed;
    for (std::size_t i = 0; i < addresses.size(); ++i)
        for (const auto& family : families)
            if (i < family.size()) mixed.push_back(family[i]);
    return mixed;
}

}  // namespace

SimConnector::SimConnector(SimNetwork& network, std::string host, ConnectPolicy policy)
    : state_(network.state_), host_(state_->host_id(host)), policy_(std::move(policy)) {}

SimConnector::~SimConnector() = default;

Result<std::vector<IpAddress>> SimConnector::allowed(const std::string& host) const {
    auto addresses = state_->resolve(host);
    if (!addresses) return addresses;
    std::erase_if(*addresses, [&](const IpAddress& a) { return !allows(policy_, a); });
    if (policy_.bind_address && !state_->owns(host_, *policy_.bind_address))
        return error_from_errno(EADDRNOTAVAIL, "net", policy_.bind_address->to_string());
    if (!policy_.bind_interface.empty() && policy_.bind_interface != kInterface)
        return error_from_errno(ENODEV, "net", policy_.bind_interface);
    if (addresses->empty()) return denied("no address of this host may be used", host);
    return interleave(*addresses);
}

Registration SimConnector::resolve(EventLoop& loop, const std::string& host, ResolveCallback done) {
    // A race with no runners: it brings the answer on the loop, once, unless it is dropped.
    auto answer = allowed(host);
    auto race =
        std::make_shared<ConnectRace>(*state_, loop,
                                      [done = std::move(done), answer = std::move(answer),
                                       state = state_](Result<std::unique_ptr<Stream>>) mutable {
                                          if (auto outcome = done(std::move(answer)); !outcome)
                                              state->errors().push_back(outcome.error());
                                      });
    race->fail({});
    return Registration(std::make_unique<RaceToken>(race));
}

Registration SimConnector::connect(EventLoop& loop, const HostPort& to,
                                   const ConnectOptions& options, ConnectCallback done) {
    auto race = std::make_shared<ConnectRace>(*state_, loop, std::move(done));
    if (auto addresses = allowed(to.host); !addresses) {
        race->fail(std::move(addresses).error());
    } else {
        std::vector<std::pair<Endpoint, Endpoint>> pairs;
        for (const auto& address : *addresses)
            pairs.emplace_back(source(address), Endpoint{address, to.port});
        race->start(host_, std::move(pairs), options.timeout);
    }
    return Registration(std::make_unique<RaceToken>(race));
}

Endpoint SimConnector::source(const IpAddress& to) {
    auto& host = state_->host(host_);
    const std::uint16_t port = host.next_port;
    host.next_port = port == 49151 ? 32768 : static_cast<std::uint16_t>(port + 1);
    return {policy_.bind_address.value_or(state_->source_for(host_, to)), port};
}

// The local address that the policy leaves of the one asked for.
Result<Endpoint> SimConnector::bound(Endpoint at) const {
    if (at.address.is_unspecified()) {
        if (policy_.bind_address)
            at.address = *policy_.bind_address;
        else if (!at.address.is_v4() && !policy_.allow_v6)
            at.address = IpAddress::v4({});
    }
    if (policy_.bind_address && at.address != *policy_.bind_address)
        return denied("the policy has another local address", at.to_string());
    if (!allows(policy_, at.address) && !(at.address.is_unspecified() && policy_.allow_v4))
        return denied("the policy does not allow this address", at.to_string());
    if (!at.address.is_unspecified() && !state_->owns(host_, at.address))
        return error_from_errno(EADDRNOTAVAIL, "net", at.to_string());
    return at;
}

Result<std::unique_ptr<Listener>> SimConnector::listen(EventLoop& loop, const Endpoint& at,
                                                       const ListenOptions& options,
                                                       AcceptCallback accepted) {
    auto local = bound(at);
    if (!local) return std::move(local).error();
    return detail::SimListener::open(state_, host_, loop, *local, options, std::move(accepted));
}

Result<std::unique_ptr<DatagramSocket>> SimConnector::open_datagram(
    EventLoop& loop, const Endpoint& at, const DatagramOptions& options) {
    auto local = bound(at);
    if (!local) return std::move(local).error();
    return detail::SimDatagramSocket::open(state_, host_, loop, *local, options);
}

}  // namespace gantry::testing

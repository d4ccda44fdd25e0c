#include <gantry/testing/sim_network.h>

#include "connection.h"
#include "network_state.h"

#include <cerrno>

namespace gantry::testing {

std::string TraceEvent::to_string() const {
    return std::to_string(at.time_since_epoch().count()) + ' ' + what + ' ' + from.to_string() +
           " > " + to.to_string() + ' ' + std::to_string(bytes);
}

SimNetwork::SimNetwork(VirtualClock& clock, std::uint64_t seed, SimOptions options)
    : state_(std::make_shared<detail::NetworkState>(clock, seed, std::move(options))) {}

SimNetwork::~SimNetwork() { state_->close(); }

VirtualClock& SimNetwork::clock() noexcept { return state_->clock(); }

IpAddress SimNetwork::address(std::string_view host) {
    return state_->host(state_->host_id(host)).v4;
}

IpAddress SimNetwork::address_v6(std::string_view host) {
    return state_->host(state_->host_id(host)).v6;
}

void SimNetwork::set_name(std::string name, std::vector<IpAddress> addresses) {
    state_->set_name(std::move(name), std::move(addresses));
}

void SimNetwork::set_link(std::string_view a, std::string_view b, const LinkOptions& options) {
    set_one_way(a, b, options);
    set_one_way(b, a, options);
}

void SimNetwork::set_one_way(std::string_view from, std::string_view to,
                             const LinkOptions& options) {
    state_->link(state_->host_id(from), state_->host_id(to)).set_options(options);
}

void SimNetwork::cut(std::string_view a, std::string_view b) {
    state_->set_cut(state_->host_id(a), state_->host_id(b), true);
}

void SimNetwork::mend(std::string_view a, std::string_view b) {
    state_->set_cut(state_->host_id(a), state_->host_id(b), false);
}

void SimNetwork::reset_streams(std::string_view a, std::string_view b) {
    const auto one = state_->host_id(a);
    const auto two = state_->host_id(b);
    for (const auto& weak : std::vector(state_->connections())) {
        const auto connection = weak.lock();
        if (!connection) continue;
        auto& client = connection->end(detail::Side::client);
        auto& server = connection->end(detail::Side::server);
        if (std::minmax(client.host, server.host) != std::minmax(one, two)) continue;
        state_->record("reset by the test", {"", client.endpoint, server.endpoint, 0});
        connection->fail(detail::Side::client,
                         error_from_errno(ECONNRESET, "net", server.endpoint.to_string()));
        connection->fail(detail::Side::server,
                         error_from_errno(ECONNRESET, "net", client.endpoint.to_string()));
    }
}

void SimNetwork::set_filter(PacketFilter filter) { state_->set_filter(std::move(filter)); }

std::uint64_t SimNetwork::trace_digest() const noexcept { return state_->digest(); }

const std::vector<TraceEvent>& SimNetwork::trace() const noexcept { return state_->trace(); }

OpenObjects SimNetwork::open_objects(const EventLoop& loop) const { return state_->open_on(loop); }

const std::vector<Error>& SimNetwork::errors() const noexcept { return state_->errors(); }

}  // namespace gantry::testing

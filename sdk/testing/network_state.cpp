#include "network_state.h"

#include <algorithm>

namespace gantry::testing::detail {

namespace {

IpAddress numbered_v4(std::size_t number) {
    return IpAddress::v4({std::byte{10}, std::byte{0}, static_cast<std::byte>(number >> 8),
                          static_cast<std::byte>(number)});
}

IpAddress numbered_v6(std::size_t number) {
    std::array<std::byte, 16> bytes{std::byte{0xfd}};
    bytes[14] = static_cast<std::byte>(number >> 8);
    bytes[15] = static_cast<std::byte>(number);
    return IpAddress::v6(bytes);
}

IpAddress loopback(bool v4) { return IpAddress::parse(v4 ? "127.0.0.1" : "::1").value(); }

LinkOptions loopback_link() {
    LinkOptions options;
    options.delay = std::chrono::microseconds(20);
    options.mtu = 65536;
    return options;
}

}  // namespace

NetworkState::NetworkState(VirtualClock& clock, std::uint64_t seed, SimOptions options)
    : clock_(clock),
      options_(std::move(options)),
      random_(SeededRandom(seed).fork("network")),
      wire_(clock) {
    names_["localhost"] = {loopback(false), loopback(true)};
}

void NetworkState::close() {
    filter_ = nullptr;
    wire_.clear();
}

HostId NetworkState::host_id(std::string_view name) {
    const auto found = std::ranges::find_if(hosts_, [&](const auto& h) { return h->name == name; });
    if (found != hosts_.end()) return static_cast<HostId>(found - hosts_.begin());
    auto host = std::make_unique<Host>();
    host->name = std::string(name);
    host->v4 = numbered_v4(hosts_.size() + 1);
    host->v6 = numbered_v6(hosts_.size() + 1);
    names_.try_emplace(host->name, std::vector{host->v6, host->v4});
    hosts_.push_back(std::move(host));
    return hosts_.size() - 1;
}

bool NetworkState::owns(HostId id, const IpAddress& address) const {
    return address == hosts_[id]->v4 || address == hosts_[id]->v6 || address.is_loopback();
}

std::optional<HostId> NetworkState::find_host(HostId from, const IpAddress& address) const {
    if (address.is_loopback() || address.is_unspecified()) return from;
    for (HostId id = 0; id < hosts_.size(); ++id)
        if (owns(id, address)) return id;
    return std::nullopt;
}

IpAddress NetworkState::source_for(HostId from, const IpAddress& to) const {
    if (to.is_loopback() || to.is_unspecified()) return loopback(to.is_v4());
    return to.is_v4() ? hosts_[from]->v4 : hosts_[from]->v6;
}

void NetworkState::set_name(std::string name, std::vector<IpAddress> addresses) {
    names_[std::move(name)] = std::move(addresses);
}

Result<std::vector<IpAddress>> NetworkState::resolve(const std::string& name) const {
    if (auto literal = IpAddress::parse(name)) return std::vector{*literal};
    const auto found = names_.find(name);
    if (found == names_.end() || found->second.empty())
        return make_error(ErrorCode::not_found, "net", "no such host", name);
    return found->second;
}

LinkModel& NetworkState::link(HostId from, HostId to) {
    const auto found = links_.find({from, to});
    if (found != links_.end()) return found->second;
    const auto name = hosts_[from]->name + '>' + hosts_[to]->name;
    const LinkOptions& options = from == to ? loopback_link() : options_.link;
    return links_.try_emplace({from, to}, options, random_.fork(name)).first->second;
}

void NetworkState::set_cut(HostId a, HostId b, bool cut) {
    if (cut)
        cut_.insert(pair_of(a, b));
    else
        cut_.erase(pair_of(a, b));
}

bool NetworkState::is_cut(HostId a, HostId b) const { return cut_.contains(pair_of(a, b)); }

Passage NetworkState::pass(HostId from, HostId to, const Packet& packet) {
    record(packet.what, packet);
    Passage passage;
    if (is_cut(from, to) ||
        (filter_ && !filter_({now(), packet.what, packet.from, packet.to, packet.bytes})))
        passage.fate = PacketFate::lost;
    else
        passage = link(from, to).pass(now(), packet.bytes + kHeaderBytes);
    if (passage.fate == PacketFate::lost) record("lost", packet);
    if (passage.fate == PacketFate::queue_full) record("queue full", packet);
    if (passage.held_back) record("held back", packet);
    return passage;
}

void NetworkState::record(const char* what, const Packet& packet) {
    TraceEvent event{now(), what, packet.from, packet.to, packet.bytes};
    // FNV-1a over the line that says it all.
    for (const char c : event.to_string())
        digest_ = (digest_ ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    if (options_.keep_trace) trace_.push_back(std::move(event));
}

OpenObjects NetworkState::open_on(const EventLoop& loop) const {
    const auto found = open_.find(&loop);
    return found == open_.end() ? OpenObjects{} : found->second;
}

void NetworkState::add_connection(const std::shared_ptr<Connection>& connection) {
    if (connections_.size() >= prune_at_) {
        std::erase_if(connections_, [](const auto& c) { return c.expired(); });
        prune_at_ = 2 * connections_.size() + 64;
    }
    connections_.push_back(connection);
}

}  // namespace gantry::testing::detail
